"""Gold documents for redaction: text with marks → text, spans, terms to keep (see data/redaction/FORMAT.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput

DIRECT = frozenset(
    "PERSON DOB PHONE EMAIL ADDRESS POSTCODE NHS_NUMBER CHI_NUMBER NINO UTR UPN ULN UPRN PASSPORT DRIVING_LICENCE "
    "VEHICLE SORT_CODE BANK_ACCOUNT CARD CASE_REFERENCE URL IP_ADDRESS USERNAME KEY_CODE".split()
)
QUASI = frozenset(
    "DATE AGE TOWN PLACE_OF_CARE ORGANISATION OCCUPATION RARE_CONDITION NATIONALITY VEHICLE_DESCRIPTION".split()
)
KINDS = frozenset(
    "case_note child_record email ehc_advice letter form transcript transcript_lower minutes referral log".split()
)
_MARK = re.compile(r"\[\[([A-Z_]+)(?:#(\d+))?:(.+?)\]\]|\{\{(.+?)\}\}", re.S)


@dataclass(frozen=True)
class Span:
    """A stretch that must be hidden; offsets are code points, end exclusive; ``entity`` says whose it is."""

    start: int
    end: int
    type: str
    entity: str


@dataclass(frozen=True)
class Document:
    """One marked document."""

    id: str
    kind: str
    text: str
    spans: tuple[Span, ...]
    keep: tuple[tuple[int, int], ...]
    people: tuple[tuple[str, str], ...]
    """(name, role) of those whom the case record knows"""


def read_document(path: Path) -> Document:
    """Return the document of a marked file; raises BadInput with the fault and its place."""
    head, found, body = path.read_text("utf-8").partition("\n---\n")
    if not found:
        raise BadInput(f"{path.name} has no header.", "Begin with kind:, people: and a line ---.")
    fields = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
    kind = fields.get("kind", "").strip()
    if kind not in KINDS:
        raise BadInput(f"{path.name}: kind {kind!r} is not known.", f"Choose from {', '.join(sorted(KINDS))}.")
    return _document(path, kind, fields.get("people", ""), body)


def _document(path: Path, kind: str, people: str, body: str) -> Document:
    parts: list[str] = []
    spans: list[Span] = []
    keep: list[tuple[int, int]] = []
    at = length = 0
    for match in _MARK.finditer(body):
        before = body[at : match.start()]
        parts.append(before)
        length += len(before)
        name, owner, surface, kept = match.groups()
        inner = kept if surface is None else surface
        if "[[" in inner or "{{" in inner:
            raise BadInput(f"{path.name}: a mark stands inside a mark ({inner[:40]!r}).", "Marks may not nest.")
        if surface is not None:
            if name not in DIRECT | QUASI:
                raise BadInput(f"{path.name}: type {name} is not known.", "See FORMAT.md for the types.")
            spans.append(Span(length, length + len(inner), name, f"{name}#{owner or inner.lower()}"))
        else:
            keep.append((length, length + len(inner)))
        parts.append(inner)
        length += len(inner)
        at = match.end()
    parts.append(body[at:])
    text = "".join(parts)
    if any(mark in text for mark in ("[[", "]]", "{{", "}}")):
        raise BadInput(f"{path.name}: a mark is not closed.", "Write [[TYPE:text]] or {{text}}.")
    known = tuple(_person(p) for p in people.split(";") if p.strip())
    return Document(path.stem, kind, text, tuple(spans), tuple(keep), known)


def _person(written: str) -> tuple[str, str]:
    name, _, role = written.strip().partition("(")
    return name.strip(), role.rstrip(") ").strip()


def documents(folder: Path) -> Iterator[Document]:
    """Return the documents of a set in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield read_document(path)
