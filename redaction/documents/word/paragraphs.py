"""The words of a paragraph, joined across its runs, and masked without touching the rest of its look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redaction.documents.slots import Span
from redaction.documents.word.package import Package, Part
from redaction.documents.word.xml import XML_SPACE, Element, elements, tag

STORIES = ("officeDocument", "header", "footer", "footnotes", "endnotes", "comments")
"""kinds of parts with paragraphs"""
TEXT = frozenset({"w:t", "w:delText", "m:t", "a:t"})
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "a:br": "\n", "w:ptab": "\t"}
_PARAGRAPHS = frozenset({"w:p", "a:p"})
_PLACES = {
    "officeDocument": "text",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
}
_AROUND = {"w:txbxContent": "text box", "w:sdt": "content control", "w:tbl": "table"}
_LABEL = 40
"""characters up to which a cell may be the label of the next one"""


class ParagraphSlot:
    """The text of one paragraph without the paragraphs in text boxes within it."""

    def __init__(self, paragraph: Element, place: str, before: str = "\n") -> None:
        self.place = place
        self.before = before
        self._nodes: list[tuple[Element, int, int]] = []
        """text elements with their stretch of ``text``"""
        parts: list[str] = []
        at = 0
        for element in own(paragraph):
            name = tag(element)
            words = element.text or "" if name in TEXT else _SIGNS.get(name, "")
            if name in TEXT and words:
                self._nodes.append((element, at, at + len(words)))
            parts.append(words)
            at += len(words)
        self.text = "".join(parts)

    def mask(self, spans: Sequence[Span]) -> None:
        """Put each token where its first letter stood; the other runs it reached into lose their part."""
        for node, start, end in self._nodes:
            parts, at = [], start
            words = node.text or ""
            for span in spans:
                low, high = max(span.start, start), min(span.end, end)
                if low >= high:
                    continue
                parts.append(words[at - start : low - start])
                if self._first_node(span) is node:
                    parts.append(span.token)
                at = high
            if at > start or parts:
                node.text = "".join([*parts, words[at - start :]])
                node.set(XML_SPACE, "preserve")

    def _first_node(self, span: Span) -> Element:
        return next((n for n, start, end in self._nodes if start < span.end and span.start < end), None)


def own(paragraph: Element) -> Iterator[Element]:
    """Return the elements of a paragraph in order, leaving out paragraphs inside it."""
    for child in paragraph:
        if not isinstance(child.tag, str) or tag(child) in _PARAGRAPHS:
            continue
        yield child
        yield from own(child)


def read(package: Package) -> Iterator[ParagraphSlot]:
    """Return every paragraph of every story, the document first."""
    parts = sorted(package.xml(*STORIES), key=lambda part: STORIES.index(part.kind))
    for part in parts:
        yield from _of(part)


def _of(part: Part) -> Iterator[ParagraphSlot]:
    first = True
    for element in elements(part.root):
        if tag(element) not in _PARAGRAPHS:
            continue
        before = "\n\n" if first else _before(element)
        first = False
        yield ParagraphSlot(element, _place(part, element), before)


def _place(part: Part, paragraph: Element) -> str:
    base = _PLACES[part.kind]
    around = next((_AROUND[name] for e in paragraph.iterancestors() if (name := tag(e)) in _AROUND), "")
    return f"{base}, {around}" if around else base


def _before(paragraph: Element) -> str:
    """Return a line break, or in a table what names the cell: its label to the left or its column's head."""
    cell = paragraph.getparent()
    if cell is None or tag(cell) != "w:tc" or any(tag(e) == "w:p" for e in paragraph.itersiblings(preceding=True)):
        return "\n"
    row = cell.getparent()
    cells = [e for e in row if tag(e) == "w:tc"]
    if cell not in cells:
        return "\n"
    column = cells.index(cell)
    if len(cells) == 2:
        label = words_of(cells[0]) if column else ""
        return _named(label) if label else "\n"
    table = row.getparent()
    rows = [e for e in table if tag(e) == "w:tr"]
    if len(cells) > 2 and rows and rows[0] is not row:
        heads = [words_of(e) for e in rows[0] if tag(e) == "w:tc"]
        if len(heads) == len(cells) and all(_is_label(head) for head in heads):
            return ("\t" if column else "\n") + f"{heads[column].rstrip(' :')}: "
    return "\t" if column else "\n"


def _named(label: str) -> str:
    if not _is_label(label):
        return "\t"
    return " " if label.rstrip().endswith(":") else ": "


def _is_label(text: str) -> bool:
    return 0 < len(text.strip()) <= _LABEL and not any(c.isdigit() for c in text)


def words_of(element: Element) -> str:
    """Return all words below an element."""
    return "".join(e.text or "" for e in elements(element) if tag(e) in TEXT)
