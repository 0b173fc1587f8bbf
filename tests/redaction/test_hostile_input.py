"""Texts that nobody writes: long, crowded, disguised or broken. A right output or a clear error, in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput
from core.settings import Settings, get_settings
from redaction import redact_text, restore
from redaction.leak import leaks
from redaction.model import Vault
from redaction.people import PersonTable
from redaction.recognisers import MODELS as TAGGERS
from redaction.redactor import Redactor, finished
from redaction.service import MAX_CHARS
from tests.redaction.conftest import MODELS
from ui.cli import run

ZW = "\u200b"
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@."}


@pytest.fixture(scope="module")
def rules() -> Redactor:
    """The rules without the taggers."""
    return Redactor(Settings(models_dir=MODELS), frozenset(TAGGERS))


DISGUISED = [
    # text, what must be masked exactly, its type
    (f"NHS number 943{ZW} 476 5919 is hers", f"943{ZW} 476 5919", "NHS_NUMBER"),
    ("NHS number 9\u200d43 476 59\u206019 is hers", "9\u200d43 476 59\u206019", "NHS_NUMBER"),
    ("NHS number 943\u00a0476\u20075919 is hers", "943\u00a0476\u20075919", "NHS_NUMBER"),
    ("NHS number \u0669\u0664\u0663 \u0664\u0667\u0666 \u0665\u0669\u0661\u0669 is hers",
     "\u0669\u0664\u0663 \u0664\u0667\u0666 \u0665\u0669\u0661\u0669", "NHS_NUMBER"),
    ("so ring 07700 900123 now".translate(FULL_WIDTH), "07700 900123".translate(FULL_WIDTH), "PHONE"),
    ("ring 07700\u2011900123 now", "07700\u2011900123", "PHONE"),
    ("ring \U0001d7ce\U0001d7d5\U0001d7d500 900123 now", "\U0001d7ce\U0001d7d5\U0001d7d500 900123", "PHONE"),
    ("write to " + "d.hale@example.org".translate(FULL_WIDTH) + " now", "d.hale@example.org".translate(FULL_WIDTH), "EMAIL"),
    ("write to d.h\u00adale@example.org now", "d.h\u00adale@example.org", "EMAIL"),
    ("she lives in ZZ4 2Q\u0425 now", "ZZ4 2Q\u0425", "POSTCODE"),  # Cyrillic
    ("she lives in \u0396\u03964 2QX now", "\u0396\u03964 2QX", "POSTCODE"),  # Greek
    ("her number A\u0412 12 34 56 \u0421 is right", "A\u0412 12 34 56 \u0421", "NINO"),
    ("\u202ering 07700 900123\u202c now", "07700 900123", "PHONE"),
    ("\U0001f600\U0001f600 ring 07700 900123 \U0001f600", "07700 900123", "PHONE"),
    ("\u05e9\u05dc\u05d5\u05dd 07700 900123 \u05e9\u05dc\u05d5\u05dd", "07700 900123", "PHONE"),
    ("Mrs Si\u200bobhan opened", "Si\u200bobhan", "PERSON"),
    ("Mrs Siobha\u0301n opened", "Siobha\u0301n", "PERSON"),
    ("Mrs Sio\x00bhan opened", "Sio\x00bhan", "PERSON"),
    ("Mrs Z\u0335a\u0335l\u0335g\u0335o\u0335 opened", "Z\u0335a\u0335l\u0335g\u0335o\u0335", "PERSON"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), DISGUISED)
def test_when_an_identifier_is_disguised_then_its_exact_stretch_is_masked(
    rules: Redactor, text: str, value: str, kind: str
) -> None:
    done = finished(rules.draft(text))
    at = text.index(value)
    assert [(e.start, e.end, e.type) for e in done.entities] == [(at, at + len(value), kind)]
    assert restore(done.text, done.vault) == text


@pytest.mark.parametrize(
    "left",
    ["Si\u200bobhan", "S\u0456obhan", "Siobhan".translate(FULL_WIDTH), "Siobha\u0301n", "Sio\x00bhan", "Siobhan\u200bsmith"],
)
def test_when_a_name_is_left_in_disguise_then_the_leak_test_finds_it(left: str) -> None:
    assert leaks(f"We met {left} again.", Vault(), [{"name": "Siobhan Okonkwo", "role": "mother"}])


SHAPED = [row for row in DISGUISED if row[2] in ("NHS_NUMBER", "EMAIL", "POSTCODE", "NINO")]


@pytest.mark.parametrize(("text", "value", "kind"), SHAPED)
def test_when_a_number_is_left_in_disguise_then_the_leak_test_finds_it(text: str, value: str, kind: str) -> None:
    at = text.index(value)
    assert (at, at + len(value), kind) in [(one.start, one.end, one.type) for one in leaks(text, Vault(), ())]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "<PERSON_1>", "<PERSON_1> <NHS_NUMBER_2>\n<PERSON_1 (mother)>"])
def test_when_there_is_nothing_to_hide_then_the_text_comes_back(rules: Redactor, text: str) -> None:
    done = finished(rules.draft(text))
    assert (done.text, done.entities) == (text, ())


def test_when_the_text_holds_tokens_then_new_ones_get_other_numbers(rules: Redactor) -> None:
    done = finished(rules.draft("<PERSON_1> met Mrs Okonkwo and <PERSON_3>."))
    assert done.text == "<PERSON_1> met Mrs <PERSON_2> and <PERSON_3>."


def test_when_half_a_character_is_in_the_text_then_it_is_an_error(rules: Redactor) -> None:
    with pytest.raises(BadInput) as caught:
        rules.draft("Mrs Hale \ud83d came")
    assert caught.value.code == "bad_text"


def test_when_a_text_is_too_long_then_it_is_refused_before_a_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPT_MODELS_DIR", str(tmp_path / "no models here"))
    get_settings.cache_clear()
    with pytest.raises(BadInput) as caught:
        redact_text("a" * (MAX_CHARS + 1))
    assert caught.value.code == "too_long" and caught.value.remedy
    big = tmp_path / "big.txt"
    with big.open("wb") as stream:
        stream.truncate(50_000_000)
        stream.seek(0)
        stream.write(b"a " * 25_000_000)
    assert run(["redact", str(big), "--out", str(tmp_path / "out.txt")]) == 4
    assert "longer than" in capsys.readouterr().err and not (tmp_path / "out.txt").exists()
    with big.open("wb") as stream:
        stream.truncate(5 * MAX_CHARS)  # not even read
    assert run(["redact", str(big), "--out", str(tmp_path / "out.txt")]) == 4


LINES = [
    b'{"id": "a", "text": "Ring 07700 900123."}',
    b"[" * 100_000,
    b'{"id": "b", "text": "Ri\xff"}',
    b'"text"',
    b'{"id": "c", "text": "half \\ud83d"}',
    b'{"id": "\\ud83d", "text": 3}',
    b"",
    b'{"id": "d", "text": ""}',
    b'{"id": ["e"], "text": "null \\u0000 here"}',
    b'{"id": "f", "text": "Ring 07700 900123." , "people": [3]}',
    b'{"id": "g", "text": "cut off',
]
EXPECTED = [
    ("a", ""), ("line-2", "bad_json"), ("line-3", "bad_json"), ("line-4", "bad_json"), ("c", "bad_text"),
    ("\ud83d", "no_text"), ("d", ""), (["e"], ""), ("f", "bad_people"), ("line-10", "bad_json"),
]  # fmt: skip


def test_when_lines_are_broken_then_each_becomes_an_error_of_its_own_and_the_others_are_done(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\r\n".join(LINES))
    assert run(["redact", "--jsonl", str(source), str(target)]) == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [(r["id"], r.get("error", {}).get("code", "")) for r in records] == EXPECTED
    assert records[0]["text"] == "Ring <PHONE_1>."
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["in.jsonl", "out.jsonl"]


def test_when_a_line_is_longer_than_any_record_then_it_is_skipped_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.cli import common

    monkeypatch.setattr(common, "MAX_LINE", 1000)
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": "a"}\n' + b'{"id": "' + b"x" * 5_000_000 + b'"}\n{"id": "c"}')
    found = list(common.read_jsonl(source))
    assert [getattr(one, "code", one) for one in found] == [{"id": "a"}, "too_large", {"id": "c"}]


# ------------------------------------------------------------------ time that grows with the length only

CROWDS: dict[str, Callable[[int], str]] = {
    "people": lambda n: "\n".join(f"Mr {_name(i, 3)} {_name(i * 7, 4)} came." for i in range(n)),
    "people with one first name": lambda n: "\n".join(f"Mrs Anna {_name(i * 3, 4)} came." for i in range(n)),
    "telephones": lambda n: "\n".join(f"Ring 07700 9{i % 100000:05d} now." for i in range(n)),
    "addresses": lambda n: "\n".join(f"Write to {_name(i, 4).lower()}@{_name(i * 5, 3).lower()}.org now." for i in range(n)),
}


def _name(number: int, syllables: int) -> str:
    made = ""
    for _ in range(syllables):
        number, one = divmod(number * 31 + 17, 85)
        made += "bcdfghjklmnprstvz"[one % 17] + "aeiou"[one % 5]
    return made.capitalize()


@pytest.mark.slow
@pytest.mark.parametrize("crowd", CROWDS)
def test_when_ten_thousand_entities_are_in_one_text_then_the_cost_grows_with_their_number_only(
    rules: Redactor, crowd: str
) -> None:
    few, many = _steps(rules, CROWDS[crowd](1_000)), _steps(rules, CROWDS[crowd](10_000))
    assert many < 14 * few  # ten times the text; a cost that grows with the square gives a hundred


def _steps(rules: Redactor, text: str) -> int:
    """Count the calls of Python functions while a text is redacted: the same on every machine."""
    steps = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        done = rules.draft(text)
    finally:
        sys.setprofile(None)
    assert len(done.entities) > 0.5 * text.count("\n") and not done.leaks
    return steps


def test_when_thousands_share_a_name_then_each_is_found_by_the_rarest_of_its_words() -> None:
    table = PersonTable([{"name": "Anna", "role": "mother"}])
    people = [("Anna " + _name(i, 5), "") for i in range(20_000)]
    table.add_all(people)
    assert len({table.resolve(name).number for name, _ in people}) == len({name for name, _ in people})


UNITS = [
    "a", "A", "1 ", "1", "A1", "a.", "a@", "@a", ".", " ", "\n", "\t", "-", "one ", "Mr ", "St ", "of the ", "double ",
    "' ", "\u00e9", "\u200b", "(", ",", "Aa ", "aa ", "0", "07700 ", "1-", "a-", "A.", "Aa of ", "no ", "\u0301",
    "A_", "<A", "_", "<PERSON_", "a@a.", "[", "Aa-", "A/", "1/", "nine ", "of ", "1:", "' s ", "N for November ",
]  # fmt: skip
BUDGET_S = 20
"""processor seconds for a piece of a text, and for 50,000 characters; what backtracks needs hours"""


@pytest.mark.slow
def test_when_a_text_is_one_thing_repeated_then_no_rule_and_no_other_step_takes_for_ever(tmp_path: Path) -> None:
    """Each rule over a piece of every unit, and the whole way over a long text of it; the limit is processor time."""
    code = textwrap.dedent(
        f"""
        import resource, sys
        from pathlib import Path
        from core.settings import Settings
        from redaction.host import PIECE
        from redaction.recognisers import MODELS, build
        from redaction.redactor import Redactor
        settings = Settings(home=Path({str(tmp_path)!r}), models_dir=Path({str(MODELS)!r}))
        off = frozenset(MODELS)
        rules, redactor = build(settings, off), Redactor(settings, off)
        def begin(what):
            print(what, flush=True)
            used = resource.getrusage(resource.RUSAGE_SELF)
            limit = int(used.ru_utime + used.ru_stime) + {BUDGET_S}
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        for unit in {UNITS!r}:
            for name, rule in rules.items():
                begin(f"{{name}} {{unit!r}}")
                rule.analyze((unit * PIECE)[:PIECE])
            begin(f"all {{unit!r}}")
            redactor.draft((unit * 50_000)[:50_000])
        """
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"stopped at: {done.stdout.splitlines()[-1:]} {done.stderr[-500:]}"


@pytest.mark.slow
def test_when_a_bundle_is_twenty_times_as_long_then_memory_does_not_follow(tmp_path: Path) -> None:
    """200,000 words beside 10,000, each in a process of its own, with the rules only."""
    small, large = (_peak_mb(tmp_path, words) for words in (10_000, 200_000))
    assert large - small < 150


def _peak_mb(folder: Path, words: int) -> float:
    code = textwrap.dedent(
        f"""
        import re
        from pathlib import Path
        from core.settings import Settings
        from redaction.recognisers import MODELS
        from redaction.redactor import Redactor
        redactor = Redactor(Settings(home=Path({str(folder)!r}), models_dir=Path({str(MODELS)!r})), frozenset(MODELS))
        line = "Mrs Okonkwo of 14 Larkspur Close rang on 07700 9{{:05d}} and said that the carer had not come. "
        text = "\\n".join(line.format(n) for n in range({words} // 18))
        done = redactor.draft(text)
        assert len(done.entities) > {words} // 18
        # not ru_maxrss: a new process inherits that of the one that started it
        print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
        """
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)
