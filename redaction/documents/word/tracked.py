"""Tracked changes are accepted: what was deleted goes, what was inserted stays, nobody's name remains."""

from __future__ import annotations

from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, drop, find_all, local, tag, unwrap

_GONE = ("w:del", "w:moveFrom", "w:cellDel", "w:cellIns", "w:cellMerge")
_MARKS = ("w:ins", "w:moveTo")
_RANGES = (
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
    "w:moveToRangeStart",
    "w:moveToRangeEnd",
    "w:customXmlInsRangeStart",
    "w:customXmlInsRangeEnd",
    "w:customXmlDelRangeStart",
    "w:customXmlDelRangeEnd",
    "w:customXmlMoveFromRangeStart",
    "w:customXmlMoveFromRangeEnd",
    "w:customXmlMoveToRangeStart",
    "w:customXmlMoveToRangeEnd",
)


def clean(package: Package) -> None:
    """Accept every change in every part."""
    for part in package.xml():
        changes = _accept(part.root)
        package.notes.remove("tracked change (accepted)", changes)


def _accept(root: Element) -> int:
    count = 0
    for mark in find_all(root, *_GONE):
        count += 1
        around = mark.getparent()
        if around is None:
            continue
        if tag(around) == "w:trPr":
            _drop_row(around.getparent())
        elif tag(mark) == "w:cellDel" and tag(around) == "w:tcPr":
            _drop_cell(around.getparent())
        elif tag(around) == "w:rPr" and tag(around.getparent()) == "w:pPr":
            paragraph = around.getparent().getparent()
            drop(mark)
            _join_with_next(paragraph)
        else:
            drop(mark)
    for mark in find_all(root, *_MARKS):
        count += 1
        unwrap(mark)
    for old in [e for e in root.iter("*") if tag(e).startswith("w:") and local(e.tag).endswith("Change")]:
        count += 1
        drop(old)
    for mark in find_all(root, *_RANGES):
        drop(mark)
    return count


def _drop_row(row: Element) -> None:
    table = row.getparent()
    if table is None:
        return
    drop(row)
    if not any(tag(e) == "w:tr" for e in table):
        drop(table)


def _drop_cell(cell: Element) -> None:
    row = cell.getparent()
    if row is not None and sum(tag(e) == "w:tc" for e in row) > 1:
        drop(cell)


def _join_with_next(paragraph: Element) -> None:
    """Accept the deletion of a paragraph's end: what follows joins it, and an empty one goes."""
    following = paragraph.getnext()
    if following is None or tag(following) != "w:p":
        return
    content = [e for e in paragraph if tag(e) != "w:pPr"]
    if not content:
        drop(paragraph)
        return
    for child in [e for e in following if tag(e) != "w:pPr"]:
        paragraph.append(child)
    drop(following)
