"""The training texts: our own marked documents, and the training side of the public sets."""

from __future__ import annotations

from pathlib import Path

from evaluation.pii.gold import Document, documents
from evaluation.pii.matching import TITLE
from evaluation.pii.public import presidio, tab
from tools.tagger.vary import Marked

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "evaluation" / "data" / "redaction" / "train"


def _title(name: str) -> int:
    """Return the length of the titles before a name: writers mark them or not, the tagger leaves them out."""
    found = TITLE.match(name)
    return found.end() if found and found.end() < len(name) else 0


def marked(document: Document) -> Marked:
    """Return a document as runs; of overlapping marks the longest wins."""
    runs: list[tuple[str, str, str]] = []
    at = 0
    for span in sorted(document.spans, key=lambda s: (s.start, -s.end)):
        if span.start < at:
            continue
        start = span.start + (_title(document.text[span.start : span.end]) if span.type == "PERSON" else 0)
        if start > at:
            runs.append((document.text[at:start], "", ""))
        runs.append((document.text[start : span.end], span.type, span.entity))
        at = span.end
    runs.append((document.text[at:], "", ""))
    return Marked(tuple(runs))


def own() -> list[Marked]:
    """Return our hand-written training documents."""
    return [marked(d) for folder in sorted(OWN.iterdir()) if folder.is_dir() for d in documents(folder)]


def development() -> list[Marked]:
    """Return the development documents, which choose the threshold and when to stop."""
    return [marked(d) for d in documents(OWN.parent / "dev")]


def public() -> tuple[list[Marked], list[Marked]]:
    """Return (court judgments, sentences), training side only."""
    return [marked(d) for d, _ in tab("train")], [marked(d) for d in presidio("train")]
