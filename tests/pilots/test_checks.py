"""The pilot's checks: what is odd is said, both sides shown, few and ranked; what is right is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from core.evidence import Draft, Finding, Section, SpeechEvidence, Statement, Transcript
from core.findings import FINDING_KINDS
from pilots.visit_notes import check_statements
from pilots.visit_notes.checks import contradictions, low_confidence, omissions
from pilots.visit_notes.corrections import corrections
from pilots.visit_notes.people import shown
from pilots.visit_notes.rechecks import recheck
from pilots.visit_notes.utterances import utterances
from rag import default_embedder
from tests.pilots.said import conversation, conversations, problems_with_evidence

EMPTY = Draft(pilot="visit_notes", template="adult_home_visit")


def _contradictions(transcript: Transcript) -> list[Finding]:
    items, names = utterances(transcript), shown(transcript)
    roles = {label: str(role) for label, role in transcript.speakers.items()}
    return contradictions(items, corrections(items), roles, lambda label: names.get(label, label), default_embedder())


def _unsure(transcript: Transcript) -> list[Finding]:
    items = utterances(transcript)
    return low_confidence(transcript, items, {u.index for u in items})


def _missing(transcript: Transcript, draft: Draft = EMPTY, score: float = 0.5) -> list[Finding]:
    items = utterances(transcript)
    return omissions(items, [score] * len(items), draft)


@pytest.mark.parametrize(
    "code",
    [
        "unsupported_number", "unsupported_name", "unsupported_date", "flipped_negation", "unsupported_risk",
        "contradiction", "possible_omission", "low_confidence_word", "correction_superseded",
    ],
)  # fmt: skip
def test_when_the_contract_names_a_code_then_it_has_a_meaning_and_a_remedy(code: str) -> None:
    kind = FINDING_KINDS.get(code)
    assert kind.meaning and kind.remedy
    blocking = code.startswith("unsupported") or code == "flipped_negation"
    assert (kind.severity == "block") == blocking


# --- contradictions


@pytest.mark.parametrize(
    "lines",
    [
        ["S2: I take my tablets twice a day.", "S1: I see.", "S3: She takes her tablets three times a day."],
        ["S2: I've fallen three times since Christmas.", "S1: Oh.", "S3: She's fallen five times since Christmas."],
        ["S2: The carers come every morning.", "S1: Good.", "S3: The carers don't come every morning."],
        ["S2: I eat a cooked meal every day.", "S1: Good.", "S2: I never eat a cooked meal."],
    ],
)
def test_when_two_moments_do_not_fit_then_both_sides_are_shown_with_their_speakers(lines: list[str]) -> None:
    transcript = conversation(*lines)
    (found,) = _contradictions(transcript)
    assert found.code == "contradiction"
    assert found.severity == "warn"
    assert {e.turn for e in found.evidence if isinstance(e, SpeechEvidence)} == {0, 2}
    for line in (lines[0], lines[2]):
        assert line.partition(": ")[2] in found.message


@pytest.mark.parametrize(
    "lines",
    [
        ["S2: I take my tablets twice a day.", "S1: Fine.", "S3: Yes, she takes her tablets twice a day."],
        ["S2: I fell on Tuesday.", "S2: Sorry, I fell on Wednesday."],
        ["S2: I have two sons.", "S1: Fine.", "S2: The bus comes at nine."],
        ["S1: Do you drink?", "S2: No.", "S1: And you said you never smoke?", "S2: That's right."],
        ["S2: I like tea.", "S3: I don't like football."],
        ["S2: Hello.", "S1: Hello."],
        [],
    ],
)
def test_when_nothing_clashes_then_no_contradiction_is_made_up(lines: list[str]) -> None:
    assert _contradictions(conversation(*lines)) == []


def test_when_very_much_clashes_then_six_are_shown_at_most() -> None:
    lines = [
        f"{who}: {name} comes {how} times a week to help."
        for name in ("Karen", "Alan", "Priya", "Joan", "Derek", "Moira", "Femi", "Sunita", "Colm")
        for who, how in (("S2", "two"), ("S3", "five"))
    ]
    assert 0 < len(_contradictions(conversation(*lines))) <= 6


# --- uncertain words


@pytest.mark.parametrize(
    ("line", "word", "kind"),
    [
        ("S2: I take four tablets.", "four", "number"),
        ("S2: She comes on Tuesday morning.", "Tuesday", "date"),
        ("S2: I have not been drinking.", "not", "denial"),
        ("S2: I can't sleep.", "can't", "denial"),
        ("S2: He hit me.", "hit", "risk"),
        ("S2: That was Aoife again.", "Aoife", "name"),
        ("S2: That was José again.", "José", "name"),
        ("S2: That was Éamonn again.", "Éamonn", "name"),
        ("S2: Nobody comes.", "Nobody", "denial"),
    ],
)
def test_when_a_word_that_carries_the_meaning_was_unsure_then_it_is_named_with_its_moment(
    line: str, word: str, kind: str
) -> None:
    transcript = conversation(line, unsure={word: 0.2})
    (found,) = _unsure(transcript)
    assert (found.code, found.severity) == ("low_confidence_word", "warn")
    assert word in found.message
    assert kind in found.message
    (span,) = found.evidence
    assert isinstance(span, SpeechEvidence)
    assert span.quote.strip(".,") == word
    assert span.end - span.start < 0.5, "that word's moment and no more"


@pytest.mark.parametrize(
    ("line", "unsure"),
    [
        ("S2: I like the garden.", {"garden": 0.1}),
        ("S2: I take four tablets.", {"four": 0.9}),
        ("S2: I take four tablets.", {}),
        ("S2: The tea is hot.", {"The": 0.1, "tea": 0.1}),
    ],
)
def test_when_no_such_word_was_unsure_then_nothing_is_said(line: str, unsure: dict[str, float]) -> None:
    assert _unsure(conversation(line, unsure=unsure)) == []


def test_when_the_recogniser_gave_no_words_or_no_probabilities_then_nothing_is_said() -> None:
    assert _unsure(conversation("S2: I take four tablets.", words=False)) == []


def test_when_every_word_was_unsure_then_at_most_eight_are_shown_least_certain_first() -> None:
    lines = [f"S2: I saw {n} men on Monday." for n in ("two", "three", "four", "five", "six", "seven", "eight")]
    unsure = {n: 0.40 - i * 0.05 for i, n in enumerate(("two", "three", "four", "five", "six", "seven", "eight"))}
    found = _unsure(conversation(*lines, unsure={**unsure, "Monday": 0.44}))
    assert len(found) == 8
    assert "eight" in found[0].message


# --- omissions


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("S2: He hit me last night.", "risk"),
        ("S1: I'll ring the surgery.", "promise"),
        ("S2: I pay two hundred and forty pounds.", "figure"),
    ],
)
def test_when_something_that_matters_is_not_in_the_note_then_it_is_shown_for_a_person_to_judge(line: str, word: str) -> None:
    transcript = conversation(line)
    (found,) = _missing(transcript)
    assert (found.code, found.severity) == ("possible_omission", "warn")
    assert word in found.message.lower()
    assert line.partition(": ")[2] in found.message
    assert problems_with_evidence(transcript, found.evidence) == []  # type: ignore[arg-type]


def test_when_it_stands_in_the_note_then_it_is_not_called_missing() -> None:
    transcript = conversation("S2: He hit me last night.")
    (u,) = utterances(transcript)
    statement = Statement(id="s1", text="Person: “He hit me last night.”", origin="quoted", evidence=(u.evidence(),))
    section = Section(key="risks_and_safeguarding", heading="Risks", status="drafted", statements=(statement,))
    assert _missing(transcript, EMPTY.model_copy(update={"sections": (section,)})) == []


def test_when_one_sentence_of_a_turn_is_in_the_note_then_the_others_still_count_as_missing() -> None:
    transcript = conversation("S2: He hit me last night. Then he took my bank card.")
    first = utterances(transcript)[0]
    statement = Statement(id="s1", text="x", origin="quoted", evidence=(first.evidence(),))
    section = Section(key="risks_and_safeguarding", heading="Risks", status="drafted", statements=(statement,))
    (found,) = _missing(transcript, EMPTY.model_copy(update={"sections": (section,)}))
    assert "bank card" in found.message


def test_when_much_is_missing_then_risks_come_first_and_eight_are_shown() -> None:
    lines = [f"S2: I paid {n} pounds." for n in range(20, 30)] + ["S2: I fell twice.", "S2: He hit me."]
    found = _missing(conversation(*lines))
    assert len(found) == 8
    assert "hit" in found[0].message
    assert "fell" in found[1].message


# --- the support check on statements, whoever wrote them

LINES = (
    "S1: Have you had any falls?",
    "S2: I fell four times. No, three times. It was in March.",
    "S1: Does he ever hit you?",
    "S2: No, never. He shouts.",
    "S2: If I fell at night nobody would find me.",
    "S3: My brother Alan has her bank card.",
)


def _checked(text: str, *turns: int, origin: str = "generated", template: str = "adult_home_visit") -> set[tuple[str, str]]:
    transcript = conversation(*LINES, names={"S2": "Dilys", "S3": "Karen"})
    cited = tuple(u.evidence() for u in utterances(transcript) if u.turn in turns)
    statement = Statement(id="s1", text=text, origin=origin, evidence=cited)  # type: ignore[arg-type]
    section = Section(key="risks_and_safeguarding", heading="Risks", status="drafted", statements=(statement,))
    draft = Draft(pilot="visit_notes", template=template, sections=(section,))
    return {(f.code, f.severity) for f in check_statements(draft, transcript)}


@pytest.mark.parametrize(
    ("text", "turns", "code"),
    [
        ("Dilys said she fell seventeen times.", (0, 1), "unsupported_number"),
        ("Dilys said she fell in April.", (0, 1), "unsupported_date"),
        ("Dilys said that Philippa Oxtoby found her.", (0, 1), "unsupported_name"),
        ("Dilys said he hits her.", (2, 3), "flipped_negation"),
        ("Dilys is at risk of sexual exploitation.", (2, 3), "unsupported_risk"),
        ("Dilys said: “He hit me twice.”", (2, 3), "unsupported_quote"),
        ("Dilys said that Alan does not have her bank card.", (5,), "flipped_negation"),
    ],
)
def test_when_a_written_sentence_says_what_was_not_said_then_it_blocks(text: str, turns: tuple[int, ...], code: str) -> None:
    assert (code, "block") in _checked(text, *turns)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Dilys said she fell three times.", (0, 1)),
        ("Dilys said that he shouts.", (2, 3)),
        ("Asked whether he ever hits her, Dilys said no.", (2, 3)),
        ("Karen said that her brother Alan has Dilys's bank card.", (5,)),
    ],
)
def test_when_a_written_sentence_says_what_was_said_then_it_does_not_block(text: str, turns: tuple[int, ...]) -> None:
    assert not [code for code, severity in _checked(text, *turns) if severity == "block"]


def test_when_a_taken_back_figure_is_stated_as_fact_then_it_blocks() -> None:
    assert any(severity == "block" for _, severity in _checked("Dilys fell four times.", 0, 1))


def test_when_a_feared_event_is_stated_as_fact_then_it_blocks() -> None:
    assert any(severity == "block" for _, severity in _checked("Dilys fell at night and nobody found her.", 4))


@pytest.mark.parametrize("origin", ["quoted", "reported", "generated"])
@pytest.mark.parametrize("text", ["Dilys has bruises on both arms.", "Dilys fell seventeen times.", "Philippa Oxtoby hit Dilys."])
def test_when_a_writer_invents_then_it_blocks_whatever_the_writer_calls_it(text: str, origin: str) -> None:
    assert any(severity == "block" for _, severity in _checked(text, 2, 3, origin=origin))


@pytest.mark.parametrize("origin", ["quoted", "generated"])
def test_when_invented_words_stand_before_a_true_quote_then_it_blocks(origin: str) -> None:
    found = _checked("Dilys, who was hit with a hammer on 31 October, said: “He shouts.”", 2, 3, origin=origin)
    assert any(severity == "block" for _, severity in found)


def test_when_a_quote_is_put_in_anothers_mouth_then_it_blocks() -> None:
    assert any(s == "block" for _, s in _checked("Karen: “He shouts.”", 3, 5, origin="quoted"))


def test_when_a_statement_has_no_evidence_then_it_blocks_unless_a_person_wrote_it() -> None:
    assert ("no_evidence", "block") in _checked("Dilys is well.")
    assert ("no_evidence", "block") in _checked("Dilys is well.", origin="quoted")
    assert _checked("I will visit again; I was not told why.", origin="human") == set()


@pytest.mark.parametrize("origin", ["quoted", "reported", "generated"])
@pytest.mark.parametrize(
    "text",
    [
        "Dilys is eligible for care and support.",
        "Dilys is ELIGIBLE.",
        "Dilys is not eligible.",
        "Dilys has eligible needs.",
        "Dilys does not meet the eligibility threshold.",
        "Dilys meets the criteria.",
        "Dilys meets the national criteria for support.",
        "The criteria are met.",
        "Dilys qualifies for care and support.",
        "There is a significant impact on well-being.",
        "There is a significant impact on her wellbeing.",
        "There is a significant impact on Dilys’s well‑being.",
    ],
)
def test_when_a_machine_states_eligibility_in_a_care_act_note_then_it_blocks(text: str, origin: str) -> None:
    found = _checked(text, 1, origin=origin, template="care_act_conversation")
    assert any(severity == "block" for _, severity in found)


def test_when_the_practitioner_records_eligibility_in_their_own_words_then_it_is_theirs_to_say() -> None:
    text = "I have decided that the criteria are met: eligible."
    for turns in ((), (1,)):
        assert ("forbidden_statement", "block") not in _checked(text, *turns, origin="human", template="care_act_conversation")


def test_when_an_amended_sentence_is_mended_then_its_finding_goes_and_when_spoilt_a_new_one_comes() -> None:
    transcript = conversation(*LINES, names={"S2": "Dilys", "S3": "Karen"})
    cited = tuple(u.evidence() for u in utterances(transcript) if u.turn in (0, 1))

    def again(text: str) -> list[str]:
        statement = Statement(id="s1", text=text, origin="human", evidence=cited)
        section = Section(key="risks_and_safeguarding", heading="Risks", status="drafted", statements=(statement,))
        return [f.code for f in recheck(EMPTY.model_copy(update={"sections": (section,)}), transcript)]

    assert again("Dilys said she fell three times.") == []
    assert "unsupported_number" in again("Dilys said she fell seventeen times.")


def test_when_there_is_no_transcript_any_more_then_a_recheck_finds_nothing() -> None:
    assert recheck(EMPTY, None) == ()


@hypothesis_settings(max_examples=15)
@given(conversations(max_turns=8))
def test_when_any_conversation_is_checked_then_findings_are_few_and_their_evidence_was_said(
    transcript: Transcript,
) -> None:
    for found in (_contradictions(transcript), _unsure(transcript), _missing(transcript)):
        assert len(found) <= 8
        for f in found:
            assert f.evidence
            assert problems_with_evidence(transcript, f.evidence) == []  # type: ignore[arg-type]
