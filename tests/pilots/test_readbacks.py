"""Figures and days put right in talk, across sentences, turns and speakers."""

from __future__ import annotations

import pytest

from pilots.visit_notes.corrections import corrections
from pilots.visit_notes.utterances import utterances
from tests.pilots.said import conversation


def _put_right(*lines: str) -> set[tuple[str, str]]:
    return {(c.wrong.lower(), c.right.lower()) for c in corrections(utterances(conversation(*lines)))}


@pytest.mark.parametrize(
    ("lines", "pair"),
    [
        (["S2: It's Thursday the twelfth.", "S1: So that's Thursday the twelfth?", "S2: No, sorry, Thursday the fourteenth."],
         ("thursday the twelfth", "thursday the fourteenth")),
        (["S1: I can come Monday, at eleven.", "S2: Not Monday. Coal boat's Monday. Tuesday."], ("monday", "tuesday")),
        (["S1: I'll come next week. Ten o'clock.", "S2: Half nine.", "S1: Half nine, then."], ("ten o'clock", "half nine")),
        (["S1: I'll ring them Monday. No, they're closed Mondays. Tuesday."], ("monday", "tuesday")),
        (["S1: He'll meet you at six. Actually can you do half five?"], ("six", "half five")),
        (["S2: A bruise on the left cheek.", "S2: Sorry, right cheek."], ("left cheek", "right cheek")),
        (["S1: Your friend at the mosque rang us.", "S2: He's from the church, not the mosque."], ("mosque", "church")),
    ],
)  # fmt: skip
def test_when_a_value_is_put_right_then_the_later_one_is_known(lines: list[str], pair: tuple[str, str]) -> None:
    found = _put_right(*lines)
    assert any(wrong in pair[0] or pair[0] in wrong for wrong, _ in found)
    assert any(right in pair[1] or pair[1] in right for _, right in found)


@pytest.mark.parametrize(
    "lines",
    [
        ["S1: Do you see them on Monday?", "S2: No, on Friday I see them."],
        ["S2: He's got two sons. No daughters. And four grandsons."],
        ["S1: The review is on Monday.", "S2: And the clinic is on Thursday."],
        ["S2: The left arm hurts.", "S2: The right leg is fine."],
    ],
)
def test_when_nothing_was_put_right_then_nothing_is_reported(lines: list[str]) -> None:
    assert _put_right(*lines) == set()
