"""What redaction costs beside Presidio as it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from core.settings import Settings
from evaluation.benchmarks.fresh import cost, in_fresh_process
from evaluation.benchmarks.model import Bench, Figures
from evaluation.benchmarks.registry import define_row
from evaluation.benchmarks.rows.notes import DATA
from evaluation.model import Target

WORDS = 10_000
MODEL = "spacy-en-sm"
_WARM_UP = "Mr Peter Quill of 3 Example Road rang on 0161 496 0000."


@define_row(
    "redaction_cpu",
    about=f"redacting about {WORDS:,} words of development visits as one text: processor seconds",
    unit="s",
    runs=3,
    limit=Target(at_most=1.0),
    stretch=Target(at_most=0.6),
    ratio="ours/stock",
    peer="Presidio's own recognisers and context words with the same small spaCy model, line by line",
)
def redaction_cpu(bench: Bench) -> Figures:
    """Each system in a process of its own, loaded before the clock starts.

    Ours redacts a document as one, so that a person keeps one token; Presidio walks the whole text again for
    every hit, which is why it is called line by line. The other way round is told beside.
    """
    lines = development_lines()
    whole = ["\n".join(lines)]
    ours, stock, ours_lines, stock_whole = [], [], [], []
    for _ in range(bench.runs):
        ours.append(in_fresh_process(_spent, bench.settings, whole, False))
        stock.append(in_fresh_process(_spent, bench.settings, lines, True))
        ours_lines.append(in_fresh_process(_spent, bench.settings, lines, False))
        stock_whole.append(in_fresh_process(_spent, bench.settings, whole, True))
    return Figures(
        ours,
        stock,
        beside={"line by line, ours s": ours_lines, "whole text, stock s": stock_whole},
        note=f"{sum(len(line.split()) for line in lines)} words in {len(lines)} lines; models loaded before",
    )


def development_lines() -> list[str]:
    """Return turns of the development visits, in order, until there are words enough.

    A turn with an @ is left out: Presidio's e-mail recogniser would ask the network for a list of domains.
    """
    lines: list[str] = []
    words = 0
    for path in sorted((DATA / "visits_dev").glob("*.json")):
        for turn in json.loads(path.read_text("utf-8"))["turns"]:
            if words >= WORDS:
                return lines
            if "@" not in turn["text"]:
                lines.append(turn["text"])
                words += len(turn["text"].split())
    return lines


def _spent(settings: Settings, texts: Sequence[str], stock: bool) -> float:
    redact = _stock(settings) if stock else _ours(settings)
    redact(_WARM_UP)
    return cost(lambda: [redact(text) for text in texts]).cpu


def _ours(settings: Settings) -> Callable[[str], Any]:
    from redaction.redactor import Redactor

    return Redactor(settings).draft


def _stock(settings: Settings) -> Callable[[str], Any]:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    from core.model_files import locate

    told = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": str(locate(MODEL, settings))}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=told).create_engine(), supported_languages=["en"])
    return lambda text: engine.analyze(text, language="en")
