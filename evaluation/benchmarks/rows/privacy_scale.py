"""Whether redaction stays affordable when the text is long or the records are many."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from core.errors import ServiceUnavailable
from core.settings import Settings
from evaluation.benchmarks.fresh import cost, in_fresh_process
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row
from evaluation.model import Target
from evaluation.pii.gold import documents

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "evaluation" / "data" / "redaction"
FEW, MANY, BUNDLE = 10_000, 40_000, 200_000
RECORDS, RECORD_WORDS = 1_000, 100
_WORD = re.compile(r"\S+\s*")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@define_row(
    "redaction_growth",
    about=f"processor time for {MANY:,} words as one text ÷ that for {FEW:,} (4 is linear)",
    unit="×",
    runs=3,
    limit=Target(at_most=4.8),
)
def redaction_growth(bench: Bench) -> Figures:
    """Documents for training and development, one after the other."""
    few, many = ([in_fresh_process(_spent, bench.settings, text_of(n)) for _ in range(bench.runs)] for n in (FEW, MANY))
    return Figures(
        [more / less for more, less in zip(many, few, strict=True)],
        beside={f"{FEW:,} words s": few, f"{MANY:,} words s": many},
        note="models loaded before; case notes, letters, e-mails, forms and transcripts written by hand",
    )


@define_row(
    "redaction_memory",
    about=f"most memory for {BUNDLE:,} words as one text above that for {FEW:,}",
    unit="MB",
    runs=1,
    limit=Target(at_most=200.0),
)
def redaction_memory(bench: Bench) -> Figures:
    """The greatest resident memory of a process that redacts one text, models included, told beside."""
    few, bundle = (in_fresh_process(_peak_of, bench.settings, text_of(n)) for n in (FEW, BUNDLE))
    return Figures([bundle - few], beside={f"{FEW:,} words MB": [few], f"{BUNDLE:,} words MB": [bundle]})


@define_row(
    "redaction_stream",
    about=f"rapt redact --jsonl on {RECORDS:,} records until the first result, in a new process",
    unit="s",
    runs=3,
    limit=Target(at_most=10.0),
)
def redaction_stream(bench: Bench) -> Figures:
    """Seconds until the first line of output; beside: until the last, and memory at the first and the last."""
    source = bench.scratch / "records.jsonl"
    source.write_text("".join(f"{json.dumps(record)}\n" for record in records()), "utf-8")
    runs = [_streamed(bench.settings, source, last=number == 0) for number in range(bench.runs)]
    first_mb, last_s, last_mb = runs[0][1:]
    return Figures(
        [seconds for seconds, *_ in runs],
        beside={"all records s": [last_s], "memory at the first MB": [first_mb], "memory at the last MB": [last_mb]},
        note=f"{RECORD_WORDS} words a record",
    )


def texts() -> Iterator[str]:
    """Yield the documents for training and development without their marks, again and again."""
    folders = [*sorted(path for path in (DATA / "train").iterdir() if path.is_dir()), DATA / "dev"]
    yield from itertools.cycle([document.text for folder in folders for document in documents(folder)])


def text_of(words: int) -> str:
    """Return so many words of documents, line breaks kept."""
    made = (word for text in texts() for word in _WORD.findall(text + "\n\n"))
    return "".join(itertools.islice(made, words))


def records() -> Iterator[dict[str, str]]:
    """Yield the records of the stream."""
    words = _WORD.findall(text_of(RECORDS * RECORD_WORDS))
    for number in range(RECORDS):
        yield {"id": f"r{number}", "text": "".join(words[number * RECORD_WORDS : (number + 1) * RECORD_WORDS])}


def _spent(settings: Settings, text: str) -> float:
    from redaction.redactor import Redactor

    redactor = Redactor(settings)
    redactor.draft("Mr Peter Quill of 3 Example Road rang on 0161 496 0000.")
    return cost(lambda: redactor.draft(text)).cpu


def _peak_of(settings: Settings, text: str) -> float:
    from redaction.redactor import Redactor

    Redactor(settings).draft(text)
    return peak_mb(os.getpid())


def peak_mb(process: int) -> float:
    """Return the most memory that a process held; raises ServiceUnavailable where the system does not tell it."""
    # not ru_maxrss: a new process inherits that of the one that started it
    try:
        found = _PEAK.search(Path(f"/proc/{process}/status").read_text("ascii", "replace"))
    except OSError:
        found = None
    if found is None:
        raise ServiceUnavailable("This system does not tell how much memory a process held.", "Run this row on Linux.")
    return int(found[1]) * 1024 / 1e6


def _streamed(settings: Settings, source: Path, *, last: bool) -> tuple[float, float, float, float]:
    """Return (seconds to the first line, memory then, seconds to the last line, memory then; 0 unless ``last``)."""
    environment = os.environ | {"RAPT_HOME": str(settings.home), "RAPT_MODELS_DIR": str(settings.models_path)}
    begun = time.perf_counter()
    call = [sys.executable, "-m", "ui.cli", "redact", "--jsonl", str(source), "-"]
    with subprocess.Popen(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            if not process.stdout.readline():
                raise ServiceUnavailable("rapt redact --jsonl gave no result.", "Run `rapt doctor`, and see what it says.")
            first, first_mb = time.perf_counter() - begun, peak_mb(process.pid)
            last_mb = first_mb
            for number, _ in enumerate(process.stdout if last else (), start=2):
                if number % 50 == 0 and number < RECORDS:
                    last_mb = peak_mb(process.pid)
            return first, first_mb, time.perf_counter() - begun if last else 0.0, last_mb
        finally:
            process.kill()
