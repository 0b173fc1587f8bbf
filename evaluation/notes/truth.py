"""Is what stands in the note what was said, by whom it was said, as it was last said?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from evaluation.model import Target
from evaluation.notes.sample import Line, NoteSample, folded, plain_words
from evaluation.notes.words import digits, supposing
from evaluation.scorer import Score, Spec, Tally, define_scorer
from evaluation.visits import key_in

ATTRIBUTION = Spec(
    "attribution",
    "Statements whose evidence and text name the speaker who really said it.",
    Target(at_least=0.95),
)
QUOTES = Spec("quotes_verbatim", "Quotes found word for word in a turn they cite.", Target(at_least=1))
CORRECTED = Spec(
    "corrected_numbers_right",
    "Corrections in the note where the right value stands with the wrong one.",
    Target(at_least=1),
)
SUPPOSED = Spec(
    "hypotheticals_never_facts",
    "Imagined or feared things in the note that are quoted with their “if”.",
    Target(at_least=1),
)


@define_scorer(ATTRIBUTION)
def attribution() -> Score:
    """Check each statement: every span's speaker is the turn's, and the text names who said it.

    The asker of a quoted question need not be named. For a recording the true speaker is the
    script's, found through time.
    """

    def score(sample: NoteSample) -> dict[str, Tally]:
        wrong = []
        for line in sample.statements:
            problem = _misattributed(sample, line)
            if problem:
                wrong.append({"statement": line.text, "problem": problem})
        n = len(sample.statements)
        return {ATTRIBUTION.name: Tally(n - len(wrong), n, tuple(wrong))}

    return score


def _misattributed(sample: NoteSample, line: Line) -> str:
    if not line.evidence:
        return "no evidence"
    turns = sample.transcript.turns
    for e in line.evidence:
        if not 0 <= e.turn < len(turns) or turns[e.turn].speaker != e.speaker:
            return "the evidence names another speaker than its turn"
        gold = [sample.visit.transcript.turns[t].speaker for t in sample.gold_turns(e)]
        if not gold:
            return "nobody speaks there in the script"
        if sample.label_of.get(e.speaker, e.speaker) not in gold:
            return "another person said it"
    outside = " ".join(_outside(line.text))
    asked = line.text.startswith("Asked “") and len(line.evidence) > 1
    for e in line.evidence[1:] if asked else line.evidence:
        if not any(key_in(name, outside) for name in sample.names_of(e.speaker)):
            return "the text does not name who said it"
    return ""


def _outside(text: str) -> list[str]:
    return re.split(r"“[^”]*”", text)


@define_scorer(QUOTES)
def quotes_verbatim() -> Score:
    """Check every evidence quote in its turn, and every quotation in the text in a turn it cites."""

    def score(sample: NoteSample) -> dict[str, Tally]:
        n, wrong = 0, []
        turns = sample.transcript.turns
        for line in sample.lines:
            said = {e.turn: folded(turns[e.turn].text) for e in line.evidence if 0 <= e.turn < len(turns)}
            for e in line.evidence:
                n += 1
                if folded(e.quote) not in said.get(e.turn, ""):
                    wrong.append({"quote": e.quote, "turn": e.turn})
            for quote in re.findall(r"“([^”]*)”", line.text) if line.action is None else []:
                n += 1
                if not any(folded(quote) in text for text in said.values()):
                    wrong.append({"quote": quote, "turns": sorted(said)})
        return {QUOTES.name: Tally(n - len(wrong), n, tuple(wrong))}

    return score


@define_scorer(CORRECTED)
def corrected_numbers() -> Score:
    """Judge corrections whose wrong value stands in the note.

    The right value must be in the same or the next statement, or a finding
    ``correction_superseded`` shows both.
    """

    def score(sample: NoteSample) -> dict[str, Tally]:
        n, wrong = 0, []
        for fix in sample.visit.gold["corrections"]:
            turns = set(fix["turns"])
            places = [
                i for i, line in enumerate(sample.lines) if line.turns & turns and _has(fix["wrong"], line.text, fix["right"])
            ]
            if not places:
                continue
            n += 1
            shown = any(
                _has(fix["wrong"], text, fix["right"]) and _has(fix["right"], text)
                for text, _ in sample.shown_by({"correction_superseded"}, turns)
            )
            alone = [i for i in places if not any(_has(fix["right"], s.text) for s in sample.lines[i : i + 2])]
            if alone and not shown:
                wrong.append({**fix, "statements": [sample.lines[i].text for i in alone]})
        return {CORRECTED.name: Tally(n - len(wrong), n, tuple(wrong))}

    return score


def _has(value: str, text: str, other: str = "") -> bool:
    """Whether the value stands in the text, outside places where it is only a part of ``other``."""
    wanted, longer, within = digits(value), digits(other), digits(folded(text))
    if longer and wanted in longer:
        within = re.sub(rf"\b{re.escape(longer)}\b", " ", within)
    return key_in(wanted, within)


@define_scorer(SUPPOSED)
def hypotheticals() -> Score:
    """Judge hypotheticals whose turns the note cites with their words.

    Four words in a row of a supposing sentence count as its words; what the line holds of the sentence
    must include the first word that marks it as supposed ("if", "might", "afraid").
    """

    def score(sample: NoteSample) -> dict[str, Tally]:
        n, wrong = 0, []
        for case in sample.visit.gold["hypotheticals"]:
            verdicts = [v for line in sample.citing(case["turns"]) for v in _stated(sample, line, case)]
            if not verdicts:
                continue
            n += 1
            bad = [text for fine, text in verdicts if not fine]
            if bad:
                wrong.append({**case, "statements": bad})
        return {SUPPOSED.name: Tally(n - len(wrong), n, tuple(wrong))}

    return score


def _stated(sample: NoteSample, line: Line, case: dict[str, Any]) -> list[tuple[bool, str]]:
    """Return (keeps its "if", the line's text) for each supposing sentence whose words the line holds."""
    found = []
    pieces = [plain_words(q) for q in re.findall(r"“([^”]*)”", line.text)] + [plain_words(" ".join(_outside(line.text)))]
    for e in line.evidence:
        if not sample.gold_turns(e) & set(case["turns"]):
            continue
        for sentence in re.split(r"(?<=[.!?])\s+", sample.transcript.turns[e.turn].text):
            mark = supposing(folded(sentence))
            words = plain_words(sentence)
            for piece in pieces if mark is not None and len(words) >= _RUN else ():
                start, end = _longest_run(words, piece)
                if end - start >= _RUN:
                    at = len(plain_words(folded(sentence)[:mark]))
                    found.append((start <= at < end, line.text))
    return found


_RUN = 4


def _longest_run(sentence: list[str], piece: list[str]) -> tuple[int, int]:
    """Return the place in the sentence of the longest run of words it shares with the piece."""
    match = SequenceMatcher(None, sentence, piece, autojunk=False).find_longest_match()
    return match.a, match.a + match.size
