"""What a PDF carries besides its pages: metadata, files, scripts, comments, private data. It goes."""

from __future__ import annotations

from typing import Any

from redaction.documents.notes import Notes
from redaction.documents.pdf.tree import dictionaries, streams

_ROOT = frozenset(
    "/Type /Pages /PageLabels /StructTreeRoot /MarkInfo /Lang /ViewerPreferences /PageLayout /PageMode "
    "/OCProperties /Outlines".split()
)
_PAGE = frozenset(
    "/Type /Parent /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Resources /Contents /Rotate /Group /Annots "
    "/Tabs /StructParents /UserUnit".split()
)
_NEVER = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AF",
    "/AA",
    "/JS",
    "/OPI",
    "/Thumb",
    "/IDTree",
    "/ClassMap",
    "/Usage",
    "/CharSet",
    "/Namespaces",
)
_WORDS = {
    "/Metadata": "metadata (XMP)",
    "/Names": "attachments, scripts and named places",
    "/OpenAction": "action on opening",
    "/AcroForm": "form (its visible values stay as text)",
    "/Dests": "named places",
    "/AF": "attachment",
    "/JS": "script",
    "/Thumb": "preview picture of a page",
    "/PieceInfo": "private data of a program",
    "/Collection": "portfolio",
}


def clean_document(pdf: Any, notes: Notes) -> None:
    """Leave of the document's own entries only those that pages need."""
    if "/Info" in pdf.trailer:
        notes.remove("metadata (properties)")
        del pdf.trailer["/Info"]
    for key in [k for k in pdf.Root.keys() if k not in _ROOT]:
        notes.remove(_WORDS.get(key, "entry of the document"))
        del pdf.Root[key]


def clean_pages(pdf: Any, notes: Notes) -> None:
    """Leave of a page only what draws it, and its links."""
    for page in pdf.pages:
        for key in [k for k in page.obj.keys() if k not in _PAGE]:
            notes.remove(_WORDS.get(key, "entry of a page"))
            del page.obj[key]


def clean_everywhere(pdf: Any, notes: Notes) -> None:
    """Take metadata, scripts and private data off every object."""
    for held in dictionaries(pdf):
        for key in _NEVER:
            if key in held:
                notes.remove(_WORDS.get(key, "entry of an object"))
                del held[key]


def clean_pictures(pdf: Any, notes: Notes) -> None:
    """Take the cameras' notes out of JPEG pictures; note every picture as not read."""
    from redaction.documents.pictures import without_metadata

    for stream in streams(pdf):
        if str(stream.get("/Subtype")) != "/Image":
            continue
        notes.leave("picture")
        if str(stream.get("/Filter")) in ("/DCTDecode",) or _only(stream.get("/Filter"), "/DCTDecode"):
            import pikepdf

            scrubbed = without_metadata(stream.read_raw_bytes())
            if scrubbed is not None:
                stream.write(scrubbed, filter=pikepdf.Name("/DCTDecode"), decode_parms=stream.get("/DecodeParms"))


def _only(filters: Any, name: str) -> bool:
    import pikepdf

    return isinstance(filters, pikepdf.Array) and [str(f) for f in filters] == [name]
