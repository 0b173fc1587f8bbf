"""The parts of PDF redaction that can be tested without a file: tables, lines, cuts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.documents.pdf.cmaps import read_cmap
from redaction.documents.pdf.fonts import UNKNOWN, sound
from redaction.documents.pdf.glyphs import Glyph
from redaction.documents.pdf.lines import by_position, text_of
from redaction.documents.pdf.matrix import IDENTITY
from redaction.documents.pdf.rewriting import Box, Cut, _without

CMAPS = [
    (b"1 beginbfchar <01> <0041> endbfchar", {(1, 1): "A"}, True),
    (b"1 beginbfrange <0001> <0003> <0041> endbfrange", {(2, 1): "A", (2, 2): "B", (2, 3): "C"}, True),
    (b"1 beginbfrange <01> <02> [<0066006C> <0042>] endbfrange", {(1, 1): "fl", (1, 2): "B"}, True),
    (b"1 beginbfchar <02> <D83DDE00> endbfchar", {(1, 2): "\U0001f600"}, True),
    (b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange", {}, False),
    (b"1 beginbfchar <01> endbfchar", {}, False),
    (b"/Other usecmap 1 beginbfchar <01> <0041> endbfchar", {(1, 1): "A"}, False),
]


@pytest.mark.parametrize(("data", "characters", "whole"), CMAPS)
def test_when_a_table_of_characters_is_read_then_codes_and_gaps_are_told(
    data: bytes, characters: dict[tuple[int, int], str], whole: bool
) -> None:
    found = read_cmap(data)
    assert found.characters == characters and found.whole is whole


@pytest.mark.parametrize("text", [None, "\x01", "\ue001", "\ufffd", "\x7f", "\x85"])
def test_when_a_code_has_no_character_that_can_be_searched_then_it_is_unknown(text: str | None) -> None:
    assert sound(text) == UNKNOWN


def glyphs(text: str, x: float, y: float, size: float = 10.0) -> list[Glyph]:
    """Letters of half the font size, one after the other."""
    return [
        Glyph(c, ("page", 0, 0), 0, 0, n, n + 1, 500.0, (size, 0, 0, size, x + n * size / 2, y), IDENTITY, True)
        for n, c in enumerate(text)
    ]


LINES = [
    ([("Dewi", 50, 700), ("Hale", 73, 700)], "Dewi Hale"),
    ([("De", 50, 700), ("wi", 60, 700)], "Dewi"),
    ([("Name", 50, 700), ("Hale", 50, 600)], "Name\nHale"),
    ([("x" * 90 + " Dewi", 50, 700), ("Hale came", 50, 688)], "x" * 90 + " Dewi Hale came"),
    ([("x" * 90 + " Okon-", 50, 700), ("kwo came", 50, 688)], "x" * 90 + " Okonkwo came"),
    ([("Hale", 300, 700), ("Dewi", 50, 700)], "Hale\nDewi"),
]


@pytest.mark.parametrize(("runs", "text"), LINES)
def test_when_glyphs_stand_somewhere_then_words_lines_and_wraps_are_told(runs: list[tuple[str, float, float]], text: str) -> None:
    drawn = [g for run in runs for g in glyphs(*run)]
    found, places = text_of(drawn)
    assert found == text
    assert all(index < 0 or drawn[index].text == char for char, index in zip(found, places, strict=True))


def test_when_text_is_drawn_out_of_order_then_reading_by_position_puts_it_right() -> None:
    drawn = [*glyphs("Hale", 73, 700), *glyphs("below", 50, 680), *glyphs("Dewi", 50, 700)]
    assert text_of([drawn[n] for n in by_position(drawn)])[0].startswith("Dewi Hale")


@given(
    items=st.lists(st.one_of(st.binary(min_size=1, max_size=12), st.integers(-900, 900).map(float)), max_size=8),
    seed=st.randoms(use_true_random=False),
)
def test_when_any_glyphs_are_cut_then_the_others_stay_in_order_and_a_box_covers_each_gap(
    items: list[bytes | float], seed: object
) -> None:
    chosen = [
        (number, at)
        for number, item in enumerate(items)
        if isinstance(item, bytes)
        for at in range(len(item))
        if seed.random() < 0.4  # type: ignore[attr-defined]
    ]
    cuts = [Cut(Glyph("x", ("page", 0, 0), 0, number, at, at + 1, 500.0, IDENTITY, IDENTITY, True), "") for number, at in chosen]
    boxes: list[Box] = []
    out = _without(items, cuts, boxes)
    kept = b"".join(
        bytes([byte])
        for n, item in enumerate(items)
        if isinstance(item, bytes)
        for at, byte in enumerate(item)
        if (n, at) not in chosen
    )
    assert b"".join(one for one in out if isinstance(one, bytes)) == kept
    if not chosen:
        assert out == items
    else:
        assert 0 < len(boxes) <= len(chosen)
