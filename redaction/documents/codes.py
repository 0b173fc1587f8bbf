"""Finding codes of document redaction: what was taken out, and what nobody has read."""

from __future__ import annotations

from core.findings import define

REMOVED = define(
    "document_part_removed",
    "info",
    "A part of the document that redaction cannot vouch for was taken out of the redacted copy.",
    "Look at that place; if the part matters, describe it in words and redact again.",
    rank=60,
)
UNREAD = define(
    "document_picture_not_read",
    "warn",
    "A picture is still in the redacted copy, and nothing has read what is in it.",
    "Look at the picture; take it out of the original if it shows a name, a face or a letter.",
    rank=15,
)
RASTERISED = define(
    "document_page_rasterised",
    "warn",
    "A page became a picture with black boxes: it cannot be searched, and what the boxes miss stays visible.",
    "Look at the page before it is shared.",
    rank=10,
)
