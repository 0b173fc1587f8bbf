"""The second look, which knows nothing of the recognisers: people, vault values and checksummed numbers.

It reads the redacted text with its tokens blanked out. Whatever it finds stops the output; it says type
and place, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.evidence import Finding
from core.findings import finding
from redaction.codes import LEAK, LeakFound
from redaction.fold import fold
from redaction.hits import Hit
from redaction.host import pieces
from redaction.leak_names import ELSEWHERE, OF_THE_CASE, Names
from redaction.model import Vault
from redaction.plain import PlainView, plain_view
from redaction.restoring import TOKEN, bare
from redaction.spoken import spoken_view

_BLANK = "\x1f"
_SHAPES = (
    ("EMAIL", re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "NINO",
        re.compile(
            r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Za-z0-9])"
        ),
    ),
    ("POSTCODE", re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])")),
)
_TEN = re.compile(r"(?<![\d-])(\d{3}[ -]\d{3}[ -]\d{4}|\d{10})(?![\d-])")
_CARD = re.compile(r"(?<![\d.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d.-])")
_LONG = re.compile(r"\d(?:[ -]?\d){6,}")
_NHS = re.compile(r"\bn\.?h\.?s\b", re.I)


@dataclass(frozen=True)
class Leak:
    """What is left, and where: offsets of the redacted text."""

    type: str
    start: int
    end: int
    line: int
    reason: str


def leaks(redacted: str, vault: Vault, people: Sequence[Mapping[str, str]]) -> tuple[Leak, ...]:
    """Return everything that still identifies, in text order."""
    blank = TOKEN.sub(
        lambda m: _BLANK * len(m.group()) if m.group() in vault.values else m.group(), redacted
    )
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for start, end, kind, reason in (*_names(people, vault).places(blank, fold(blank)), *_numbers(vault, blank), *_shaped(blank)):
        if (start, end) not in found or reason == OF_THE_CASE:
            found[start, end] = (kind, reason)
    return tuple(_with_lines(redacted, sorted(found.items())))


def _with_lines(text: str, found: Sequence[tuple[tuple[int, int], tuple[str, str]]]) -> Iterator[Leak]:
    line, at = 1, 0
    for (start, end), (kind, reason) in found:
        line += text.count("\n", at, start)
        at = start
        yield Leak(kind, start, end, line, reason)


def read_again(redacted: str, hits: Sequence[Hit]) -> tuple[Leak, ...]:
    """Return as leaks what the rules found in the redacted text."""
    return tuple(
        Leak(h.type, h.start, h.end, redacted.count("\n", 0, h.start) + 1, "found when the text was read again") for h in hits
    )


def as_error(found: Sequence[Leak]) -> LeakFound:
    """Return the error that stops the output."""
    return LeakFound(as_findings(found), [leak.type for leak in found])


def as_findings(found: Sequence[Leak]) -> list[Finding]:
    """Return one finding per leak: type and place."""
    return [
        finding(
            LEAK, f"{leak.type} left in line {leak.line}, characters {leak.start}–{leak.end} ({leak.reason})."
        )
        for leak in found
    ]


def _names(people: Sequence[Mapping[str, str]], vault: Vault) -> Names:
    names = Names()
    for person in people:
        names.add_person(person.get("name", ""))
    for kind, surface in {(bare(p.token).rpartition("_")[0], p.surface) for p in vault.placed}:
        names.add_value(kind, surface)
    return names


def _numbers(vault: Vault, text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield other places of long numbers that were replaced."""
    numbers = {re.sub(r"\D", "", m.group()): m.span() for m in _LONG.finditer(text)}
    for kind, surface in {(bare(p.token).rpartition("_")[0], p.surface) for p in vault.placed} if numbers else ():
        plain = re.sub(r"\D", "", surface)
        if len(plain) >= 8 and kind not in ("DATE", "ADDRESS") and plain in numbers:
            yield *numbers[plain], kind, ELSEWHERE


def _shaped(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield what has the shape of an identifier, written in any characters or read aloud; piece by piece."""
    for begin, stop in pieces(text):
        part = text[begin:stop]
        view = plain_view(part)
        plain = view.text if view else part

        def back(start: int, end: int, view: PlainView | None = view, begin: int = begin) -> tuple[int, int]:
            low, high = view.source(start, end) if view else (start, end)
            return low + begin, high + begin

        for start, end, kind in _shapes(plain):
            yield *back(start, end), kind, "the shape or checksum of an identifier"
        if (aloud := spoken_view(plain)) is not None:
            for start, end, kind in _shapes(aloud.text):
                if aloud.spoken(start, end):
                    yield *back(*aloud.source(start, end)), kind, "an identifier read aloud"


def _shapes(text: str) -> list[tuple[int, int, str]]:
    places = [(*m.span(), kind) for kind, shape in _SHAPES for m in shape.finditer(text)]
    for match in _TEN.finditer(text):
        plain = re.sub(r"\D", "", match.group())
        grouped = len(match.group()) > 10
        near = _NHS.search(text, max(0, match.start() - 60), match.start())
        if (grouped or near) and _mod11(plain):
            places.append((*match.span(), "NHS_NUMBER"))
    for match in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", match.group())):
            places.append((*match.span(), "CARD"))
    return places


def _mod11(number: str) -> bool:
    # written again on purpose: the second look must not share a mistake with the first
    weights = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    return len(set(number)) > 1 and sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0


def _luhn(number: str) -> bool:
    doubled = [(0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[int(d)] for d in number[-2::-2]]
    return len(set(number)) > 1 and (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0
