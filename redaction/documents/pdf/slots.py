"""The text of a page as slots: by its glyphs, or by the areas of characters that only another reader can tell."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from redaction.documents.pdf.raster import Area
from redaction.documents.slots import Span


class GlyphSlot:
    """Text of which every character is known to a glyph."""

    before = "\n\n"

    def __init__(self, text: str, places: array[int], place: str, cuts: dict[int, str]) -> None:
        self.text = text
        self.place = place
        self._places = places
        self._cuts = cuts

    def mask(self, spans: Sequence[Span]) -> None:
        """Note the glyphs to take out, and where the token is drawn."""
        for span in spans:
            token = span.token if span.first else ""
            for at in range(span.start, span.end):
                index = self._places[at]
                if index >= 0:
                    self._cuts[index] = token or self._cuts.get(index, "")
                    token = ""


class AreaSlot:
    """Text of a page that becomes a picture: characters and their areas."""

    before = "\n\n"

    def __init__(self, text: str, boxes: Sequence[Area], place: str, areas: list[Area]) -> None:
        self.text = text
        self.place = place
        self._boxes = boxes
        self._areas = areas

    def mask(self, spans: Sequence[Span]) -> None:
        """Note the areas to blacken."""
        for span in spans:
            self._areas += [self._boxes[at] for at in range(span.start, span.end)]
