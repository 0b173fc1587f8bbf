"""The second look, which knows nothing of the recognisers: people, vault values and checksummed numbers.

It reads the redacted text with its tokens blanked out. Whatever it finds stops the output; it says type
and place, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.evidence import Finding
from core.findings import finding
from redaction.codes import LEAK, LeakFound
from redaction.fold import MARK, fold
from redaction.model import Vault
from redaction.spoken import spoken_view
from redaction.words import MONTHS, keep_terms, ordinary_words

_TOKEN = re.compile(r"<[A-Z][A-Z_]*_\d+>")
_BLANK = "\x02"
_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor cllr rev sir lady dame lord nurse sister pc "
    "dc mum dad nan aunty auntie "
    "aunt uncle father the and van von de da di del bin bint al el ap ab le la of".split()
)
_SHAPES = (
    ("EMAIL", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
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
    blank = _TOKEN.sub(
        lambda m: _BLANK * len(m.group()) if m.group() in vault.values else m.group(), redacted
    )
    folded = fold(blank)
    found: dict[tuple[int, int], tuple[str, str]] = {}

    def note(start: int, end: int, kind: str, reason: str) -> None:
        found.setdefault((start, end), (kind, reason))

    for name in (person.get("name", "") for person in people):
        for start, end in _name_places(name, blank, folded):
            note(start, end, "PERSON", "a person of the case")
    for start, end, kind in _vault_places(vault, blank, folded):
        note(start, end, kind, "a value that was replaced elsewhere")
    for start, end, kind in _shapes(blank):
        note(start, end, kind, "the shape or checksum of an identifier")
    if (view := spoken_view(blank)) is not None:
        for start, end, kind in _shapes(view.text):
            if view.spoken(start, end):
                note(*view.source(start, end), kind, "an identifier read aloud")
    return tuple(
        Leak(kind, start, end, redacted.count("\n", 0, start) + 1, reason)
        for (start, end), (kind, reason) in sorted(found.items())
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


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    body = r"[\W_]{0,3}".join(f"{MARK}*".join(map(re.escape, word)) for word in words)
    return re.compile(rf"(?<![^\W_]){body}(?![^\W_])")


def _name_places(name: str, text: str, folded: str) -> list[tuple[int, int]]:
    parts = [w for w in re.findall(r"[^\W_]+", fold(name).replace(MARK, "")) if w not in _TITLES]
    if not parts or tuple(parts) in keep_terms():
        return []
    places = [m.span() for m in _pattern(parts).finditer(folded)] if len(parts) > 1 else []
    for word in parts:
        if len(word) < 2 or word.isdigit():
            continue
        plain = word in ordinary_words() or len(word) < 4
        for match in _pattern([word]).finditer(folded):
            if plain and not text[match.start()].isupper():
                continue  # "will", "rose": in small letters it is the word
            if word in MONTHS and _as_month(text, *match.span()):
                continue
            places.append(match.span())
    return places


def _as_month(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip().rpartition(" ")[2].lower()
    after = text[end : end + 3].strip(" ,")
    return (
        after[:1].isdigit()
        or before in ("of", "in", "last", "next", "since", "until", "by", "early", "late", "mid")
        or before[:1].isdigit()
    )


def _vault_places(vault: Vault, text: str, folded: str) -> list[tuple[int, int, str]]:
    """Return other places of replaced values: names of two words and more, and long numbers."""
    places: list[tuple[int, int, str]] = []
    numbers = {re.sub(r"\D", "", m.group()): m.span() for m in re.finditer(r"\d(?:[ -]?\d){6,}", text)}
    flat = None
    for surface, token in {(p.surface, p.token) for p in vault.placed}:
        kind = token.strip("<>").rpartition("_")[0]
        plain = re.sub(r"\D", "", surface)
        if len(plain) >= 8 and kind not in ("DATE", "ADDRESS") and plain in numbers:
            places.append((*numbers[plain], kind))
        if kind == "PERSON":
            words = [w for w in re.findall(r"[^\W_]+", fold(surface).replace(MARK, "")) if w not in _TITLES]
            if len(words) < 2 or min(map(len, words)) < 2:
                continue
            if flat is None:
                flat = " " + " ".join(re.findall(r"[^\W_]+", folded.replace(MARK, ""))) + " "
            if f" {' '.join(words)} " in flat:
                every_plain = all(w in ordinary_words() for w in words)
                spans = [m.span() for m in _pattern(words).finditer(folded)]
                places += [(s, e, kind) for s, e in spans if not every_plain or text[s].isupper()]
        elif kind == "EMAIL" and (at := folded.find(fold(surface))) >= 0:
            places.append((at, at + len(surface), kind))
    return places


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
