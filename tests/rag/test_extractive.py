"""The extractive writer: attribution outside, the speaker's words inside, unchanged."""

from __future__ import annotations

from core.evidence import SpeechEvidence
from rag import ExtractiveWriter, Passage, Writer, WritingTask
from rag.support.findings import findings_for


def passage(text: str, asked: str = "", role: str = "carer") -> Passage:
    """Return a passage of Maureen Tickle's."""
    evidence = SpeechEvidence(turn=1, start=0, end=1, quote=text, speaker="Maureen Tickle")
    return Passage("p1", "Maureen Tickle", role, text, (evidence,), asked)


def write(*items: Passage) -> list[str]:
    """Return the texts the writer composes."""
    return [s.text for s in ExtractiveWriter().write(WritingTask("k", "K", "", items))]


def test_when_somebody_spoke_then_the_sentence_is_attribution_and_verbatim_words() -> None:
    assert write(passage("I don't lift him any more.")) == [
        "Maureen Tickle (carer): “I don't lift him any more.”"
    ]


def test_when_a_question_was_answered_then_the_question_is_shown() -> None:
    text = write(passage("Twice. No, I tell a lie, three times.", "Is Ken falling a lot?"))
    assert text == [
        "Asked “Is Ken falling a lot?”, Maureen Tickle (carer) said: “Twice. No, I tell a lie, three times.”"
    ]


def test_when_words_hold_a_quote_then_only_the_marks_change() -> None:
    assert write(passage('He said "leave me" and I did.')) == [
        "Maureen Tickle (carer): “He said ‘leave me’ and I did.”"
    ]


def test_when_the_role_is_unknown_then_only_the_name_stands() -> None:
    assert write(passage("Yes.", role="unknown")) == ["Maureen Tickle: “Yes.”"]


def test_when_a_passage_has_no_evidence_then_nothing_is_written_of_it() -> None:
    assert write(Passage("p", "Ken", "person", "Hello.", ())) == []


def test_when_the_writer_quotes_then_its_sentences_pass_the_support_check() -> None:
    statements = ExtractiveWriter().write(
        WritingTask("k", "K", "", (passage("He fell twice, no, three times, in May."),))
    )
    assert [findings_for(s) for s in statements] == [[]]
    assert statements[0].origin == "quoted" and isinstance(ExtractiveWriter(), Writer)
