"""From a statement of a draft to typed findings."""

from __future__ import annotations

import subprocess
import sys
import time

from core.evidence import SpeechEvidence, Statement, TextEvidence, Transcript, Turn
from core.findings import FINDING_KINDS
from rag.support import codes
from rag.support.check import check_statement
from rag.support.findings import findings_for, spoken_from
from rag.support.model import Spoken

TRANSCRIPT = Transcript(
    id="t",
    turns=(
        Turn(speaker="S1", start=0, end=2, text="Any falls?"),
        Turn(speaker="S2", start=2, end=4, text="No, nothing like that."),
    ),
    speakers={"S1": "worker", "S2": "person"},
    names={"S2": "Ivy Marlowe"},
)


def cite(turn: int) -> SpeechEvidence:
    """Return evidence that quotes one word of a turn."""
    return SpeechEvidence(turn=turn, start=0, end=1, quote="No", speaker="S2")


def test_when_only_a_word_is_quoted_then_the_whole_turn_counts() -> None:
    statement = Statement(
        id="s1", text="Ivy Marlowe said she has had falls.", origin="generated", evidence=(cite(1), cite(0))
    )
    found = findings_for(statement, spoken_from(TRANSCRIPT), section="risks")
    assert [f.code for f in found] == ["flipped_negation"]
    assert (found[0].statement, found[0].section, found[0].severity) == ("s1", "risks", "block")
    assert found[0].evidence == statement.evidence


def test_when_a_statement_has_no_evidence_then_it_is_blocked() -> None:
    assert [f.code for f in findings_for(Statement(id="s", text="All is well.", origin="generated"))] == [
        "no_evidence"
    ]


def test_when_the_question_is_given_as_context_then_it_counts() -> None:
    statement = Statement(id="s", text="Ivy denied any falls.", origin="reported", evidence=(cite(1),))
    assert (
        findings_for(statement, spoken_from(TRANSCRIPT), context=(Spoken("Petra", "worker", "Any falls?"),))
        == []
    )
    assert findings_for(statement, spoken_from(TRANSCRIPT)) != []


def test_when_a_document_is_cited_then_its_words_and_name_count() -> None:
    evidence = TextEvidence(
        document="d", start=0, end=9, quote="The limit is £23,250.", heading="Capital limits"
    )
    statement = Statement(
        id="s",
        text="The Charging Policy says the limit is £23,250.",
        origin="generated",
        evidence=(evidence,),
    )
    assert findings_for(statement, document_name=lambda _: "Charging Policy") == []
    wrong = statement.model_copy(update={"text": "The Charging Policy says the limit is £32,250."})
    assert [f.code for f in findings_for(wrong, document_name=lambda _: "Charging Policy")] == [
        "unsupported_number"
    ]


def test_when_the_evidence_span_points_past_the_end_then_its_quote_is_used() -> None:
    statement = Statement(id="s", text="S2 said: “No”", origin="quoted", evidence=(cite(99),))
    assert findings_for(statement, spoken_from(TRANSCRIPT)) == []


def test_when_codes_are_listed_then_each_blocks_and_says_what_to_do() -> None:
    names = [value for name, value in vars(codes).items() if name.isupper() and not name.startswith("_")]
    assert len(names) == 9
    assert all(
        FINDING_KINDS.get(name).severity == "block" and FINDING_KINDS.get(name).remedy for name in names
    )


def test_when_asked_twice_then_the_answer_is_the_same() -> None:
    turns = [Spoken("Ivy", "person", "I fell twice, no, three times.")]
    assert check_statement("Ivy fell twice in May.", turns) == check_statement(
        "Ivy fell twice in May.", turns
    )


def test_when_many_statements_are_checked_then_each_takes_few_milliseconds() -> None:
    texts = [
        f"I fell {n} times in May and I don't go out since, my daughter Rosalind comes on Tuesdays."
        for n in range(2, 60)
    ]
    check_statement("warm", [Spoken("Ivy", "person", "warm")])
    started = time.process_time()
    for text in texts:
        check_statement(f"Ivy said “{text}”", [Spoken("Ivy", "person", text)])
    assert (time.process_time() - started) / len(texts) < 0.02  # the aim is 0.005; a loaded machine gets room


def test_when_the_door_is_imported_then_nothing_heavy_comes_with_it() -> None:
    heavy = "numpy onnxruntime yaml snowballstemmer langchain_openai pydantic"
    code = f"import rag, sys; print([m for m in {heavy.split()!r} if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
