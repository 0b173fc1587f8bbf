"""A PDF being redacted: cleaned, read page by page, its streams rewritten, some pages made pictures."""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from redaction.documents.kinds import Options
from redaction.documents.needles import Needles
from redaction.documents.notes import Notes
from redaction.documents.pdf import annotations, cleaning, marks, pdfium, raster, strings
from redaction.documents.pdf.drawings import drawings, set_drawing
from redaction.documents.pdf.glyphs import Glyph, Seen, StreamKey
from redaction.documents.pdf.interpreter import Interpreter, instructions, key_of
from redaction.documents.pdf.lines import by_position, text_of
from redaction.documents.pdf.matrix import apply
from redaction.documents.pdf.opening import open_pdf
from redaction.documents.pdf.reading import Verdict, judge, over_picture, page_box
from redaction.documents.pdf.refusing import refuse
from redaction.documents.pdf.rewriting import Cut, rewrite
from redaction.documents.pdf.slots import AreaSlot, GlyphSlot
from redaction.documents.pdf.tree import streams
from redaction.documents.slots import Slot

CLEANERS: dict[str, Callable[[Any, Notes], None]] = {
    "annotations": annotations.clean_annotations,
    "outline": lambda pdf, notes: annotations.clean_outline(pdf),
    "document": cleaning.clean_document,
    "pages": cleaning.clean_pages,
    "everywhere": cleaning.clean_everywhere,
    "pictures": cleaning.clean_pictures,
    "marks": marks.clean_marks,
}
"""places whose content always goes, in this order: names are looked up before they go"""

READERS: dict[str, Callable[[Any], Sequence[strings.StringSlot]]] = {"strings": strings.read}
"""places outside the pages whose text stays and is masked"""


class PdfDocument:
    """A PDF in memory, cleaned."""

    def __init__(self, data: bytes, options: Options) -> None:
        self.notes = Notes()
        self._pdf = open_pdf(data)
        self._options = options
        for clean in CLEANERS.values():
            clean(self._pdf, self.notes)
        self._strings = [slot for read in READERS.values() for slot in read(self._pdf)]
        self._interpreter = Interpreter()
        self._cuts: dict[StreamKey | int, dict[int, str]] = {}
        """page number or stream → glyph → token at the first glyph of what it stands for, else "" """
        self._by_stream: dict[StreamKey, dict[int, dict[tuple[int, int], Cut]]] = {}
        """stream → operation → (string, byte) → what to take out there"""
        self._areas: dict[int, list[raster.Area]] = {}
        self._verdicts: list[Verdict] = []
        self._cleaned = self._bytes()

    def slots(self) -> Sequence[Slot]:
        """Return the text of every page, of what pages draw indirectly, and the strings outside them.

        Raises BadInput when pages can only become pictures and nobody asked for that.
        """
        found: list[Slot] = []
        with pdfium.opened(self._cleaned) as document:
            for number, page in enumerate(self._pdf.pages):
                seen = self._interpreter.page(page, number)
                other = pdfium.text(document, number)
                verdict = judge(seen, other, page_box(page), partial(pdfium.unmapped, document, number))
                self._verdicts.append(verdict)
                found += self._page_slots(document, number, seen, verdict)
        refuse(self._verdicts, self._options)
        for stream in self._rest():
            key = key_of(stream)
            found += self._glyph_slots(self._interpreter.stream(stream).glyphs, key, "drawing used by pages")
        return [*found, *self._strings]

    def finish(self, needles: Needles) -> None:
        """Take masked names out of addresses and labels; make pictures of pages where words lie on pictures."""
        for slot in self._strings:
            slot.finish(needles)
        for number, page in enumerate(self._pdf.pages):
            if not (cut := self._cuts.get(number)):
                continue
            seen = self._interpreter.page(page, number)
            if self._verdicts[number].way == "rewrite" and any(over_picture(seen.glyphs[i], seen.images) for i in cut):
                self._verdicts[number] = Verdict("picture", "what is masked stands on a picture")
            self._collect(seen, cut)
            if self._verdicts[number].way != "rewrite" or number + 1 in self._options.boxes:
                self._areas.setdefault(number, []).extend(_area(seen.glyphs[i]) for i in cut)
        for stream in self._rest():
            if cut := self._cuts.get(key_of(stream)):
                self._collect(self._interpreter.stream(stream), cut)
        refuse(self._verdicts, self._options)

    def save(self) -> bytes:
        """Return the PDF."""
        pictures = self._pictures()
        for key, cuts in self._by_stream.items():
            if key[0] == "object" or key[1] not in pictures:
                owner = self._pdf.pages[key[1]] if key[0] == "page" else self._pdf.get_object(key[1], key[2])
                set_drawing(
                    self._pdf, owner, *rewrite(instructions(owner), {at: list(held.values()) for at, held in cuts.items()})
                )
        for number, (jpeg, width, height) in pictures.items():
            raster.replace_page(self._pdf, self._pdf.pages[number], jpeg, width, height)
            self.notes.rasterised[number + 1] = self._verdicts[number].why or "somebody marked it"
        if "/StructTreeRoot" in self._pdf.Root and pictures:
            del self._pdf.Root["/StructTreeRoot"]
        return self._bytes()

    # --- reading

    def _page_slots(self, document: Any, number: int, seen: Seen, verdict: Verdict) -> list[Slot]:
        place = f"page {number + 1}"
        if verdict.other:
            text, boxes = pdfium.characters(document, number)
            return [AreaSlot(text, boxes, place, self._areas.setdefault(number, []))]
        return self._glyph_slots(seen.glyphs, number, place)

    def _glyph_slots(self, glyphs: Sequence[Glyph], key: StreamKey | int, place: str) -> list[Slot]:
        cuts = self._cuts.setdefault(key, {})
        text, places = text_of(glyphs)
        found: list[Slot] = [GlyphSlot(text, places, place, cuts)]
        order = by_position(glyphs)
        again, inner = text_of([glyphs[n] for n in order])
        if "".join(again.split()) != "".join(text.split()):
            # drawn in another order than it is read: both readings are searched
            found.append(GlyphSlot(again, array("l", (order[n] if n >= 0 else -1 for n in inner)), place, cuts))
        return found

    def _rest(self) -> list[Any]:
        """Return those of them that no page draws by name: patterns, masks, letters drawn as pictures."""
        return [s for s in drawings(self._pdf) if s.objgen not in self._interpreter.forms]

    # --- writing

    def _collect(self, seen: Seen, cut: dict[int, str]) -> None:
        for index, token in cut.items():
            glyph = seen.glyphs[index]
            known = self._by_stream.setdefault(glyph.stream, {}).setdefault(glyph.operation, {})
            known.setdefault((glyph.item, glyph.start), Cut(glyph, token))

    def _pictures(self) -> dict[int, tuple[bytes, float, float]]:
        wanted = {n for n, v in enumerate(self._verdicts) if v.way != "rewrite"}
        wanted |= {page - 1 for page in self._options.boxes if 0 < page <= len(self._verdicts)}
        if not wanted:
            return {}
        raster.refuse_huge_images([s for s in streams(self._pdf) if str(s.get("/Subtype")) == "/Image"])
        with pdfium.opened(self._cleaned) as document:
            return {
                n: raster.picture(document, n, self._areas.get(n, ()), self._options.boxes.get(n + 1, ())) for n in sorted(wanted)
            }

    def _bytes(self) -> bytes:
        import pikepdf

        buffer = io.BytesIO()
        self._pdf.save(
            buffer,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return buffer.getvalue()


def _area(glyph: Glyph) -> raster.Area:
    width = max(glyph.advance / 1000, 0.3)
    corners = [apply(glyph.page, x, y) for x in (0, width) for y in (-0.24, 0.94)]
    return (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
