"""A figure, day or time that a speaker takes back: the later one counts, and nothing else is a correction."""

from __future__ import annotations

import pytest
from hypothesis import given

from pilots.visit_notes.checks import superseded
from pilots.visit_notes.corrections import corrections, values
from pilots.visit_notes.utterances import utterances
from tests.pilots.said import conversation, conversations, heard, problems_with_evidence


def _pairs(*lines: str) -> list[tuple[str, str]]:
    return [(c.wrong.lower(), c.right.lower()) for c in corrections(heard(*lines))]


@pytest.mark.parametrize(
    ("lines", "wrong", "right"),
    [
        (["S2: I've had two falls, no, three falls."], "two", "three"),
        (["S2: I've had four falls, sorry, three falls."], "four", "three"),
        (["S2: It was four. No, three."], "four", "three"),
        (["S2: I was in for five days. I tell a lie, nine days."], "five", "nine"),
        (["S2: Wednesday, yes. No, I tell a lie, Thursday, because the bins had gone."], "wednesday", "thursday"),
        (["S2: She comes on Tuesday, I mean Wednesday."], "tuesday", "wednesday"),
        (["S2: It was Tuesday.", "S3: Wednesday, Mum."], "tuesday", "wednesday"),
        (["S3: She has eight tablets a day. Actually, nine."], "eight", "nine"),
        (["S2: I'm eighty-two. No, wait, eighty-three."], "eighty-two", "eighty-three"),
        (["S2: He had £50 a week, no, £60 a week."], "50", "60"),
        (["S1: I'll come at ten o'clock. Make that eleven o'clock."], "ten", "eleven"),
        (["S1: The review is on 4 March, sorry, 14 March."], "4 march", "14 march"),
        (["S2: There were six of us. My mistake, seven."], "six", "seven"),
        (["S2: She was on that landing two hours. Well, three hours, more like."], "two", "three"),
    ],
)
def test_when_a_speaker_takes_a_figure_or_day_back_then_the_later_one_is_known_as_right(
    lines: list[str], wrong: str, right: str
) -> None:
    found = _pairs(*lines)
    assert len(found) == 1
    assert wrong in found[0][0]
    assert right in found[0][1]


@pytest.mark.parametrize(
    "lines",
    [
        ["S2: I have two tablets in the morning and three at night."],
        ["S2: They come from Monday to Friday."],
        ["S2: It's between two and three miles."],
        ["S2: Twice on Monday, three times on Tuesday."],
        ["S2: No. I have three children, two of them boys."],
        ["S2: I have two tablets in the morning, no trouble there, and three at night."],
        ["S2: He's got two sons. No daughters. And four grandsons."],
        ["S2: The carers come at eight.", "S1: And how many tablets do you have?", "S2: Nine."],
        ["S1: Do you see them on Monday?", "S2: No, on Friday I see them."],
        ["S2: I fell on Monday. I fell on Monday, yes."],
        ["S2: She's sixty. He's sixty-two."],
        ["S1: I'll ring on Monday. I'll visit on Thursday."],
        ["S2: No sugar for me."],
    ],
)
def test_when_two_figures_are_both_meant_then_nothing_counts_as_taken_back(lines: list[str]) -> None:
    assert _pairs(*lines) == []


def test_when_a_correction_is_in_another_sentence_then_both_places_are_named() -> None:
    items = heard("S2: It was four. Sorry, three.")
    (found,) = corrections(items)
    assert (items[found.earlier].text, items[found.later].text) == ("It was four.", "Sorry, three.")


@given(conversations())
def test_when_corrections_are_found_then_each_later_place_follows_its_earlier_and_holds_its_words(transcript) -> None:  # type: ignore[no-untyped-def]
    items = utterances(transcript)
    for c in corrections(items):
        assert 0 <= c.earlier <= c.later < len(items)
        assert c.wrong in items[c.earlier].text
        assert c.right in items[c.later].text
        assert c.wrong != c.right


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I take two tablets at nine o'clock on Monday.", ["two", "nine o'clock", "Monday"]),
        ("It was £250.", ["£250"]),
        ("Nobody comes.", []),
        ("On the one hand it helps.", []),
    ],
)
def test_when_a_text_is_read_then_its_figures_days_and_times_are_found_once_each(text: str, words: list[str]) -> None:
    found = [v.words for v in values(text)]
    assert len(found) == len(words)
    for got, expected in zip(found, words, strict=True):
        assert expected in got


def test_when_a_correction_stands_in_the_note_then_the_practitioner_is_told_with_both_sides() -> None:
    transcript = conversation("S2: I was in for five days. Sorry, nine days.")
    items = utterances(transcript)
    (told,) = superseded(items, corrections(items), {0, 1}, lambda label: "Person")
    assert (told.code, told.severity) == ("correction_superseded", "info")
    assert "five" in told.message
    assert "nine" in told.message
    assert len(told.evidence) == 2
    assert problems_with_evidence(transcript, told.evidence) == []  # type: ignore[arg-type]


def test_when_the_correction_is_not_in_the_note_then_nothing_is_said_about_it() -> None:
    items = heard("S2: I was in for five days. Sorry, nine days.")
    assert superseded(items, corrections(items), set(), str) == []
