"""A PDF that looks ordinary, and every place in which a name can hide in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

NAME = "Siobhan Okonkwo"
NHS = "943 476 5919"
SAID = f"{NAME}, NHS number {NHS}"
PEOPLE = [{"name": NAME, "role": "mother"}]

Plant = Callable[[Any], None]
PLACES: dict[str, Plant] = {}
"""place → what plants an identifier in an open PDF"""


def place(name: str) -> Callable[[Plant], Plant]:
    """File a planter under its place."""

    def add(plant: Plant) -> Plant:
        PLACES[name] = plant
        return plant

    return add


def base(lines: list[str] | None = None, font: str = "Helvetica") -> bytes:
    """Two pages of plain text; nobody is named unless ``lines`` do."""
    if font != "Helvetica" and font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, _noto()))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for page in (1, 2):
        canvas.setFont(font, 11)
        y = 780
        for line in ["Review of support", *(lines or []), "The visit took place in the afternoon.", f"Sheet {page}"]:
            canvas.drawString(72, y, line)
            y -= 15
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _noto() -> str:
    import fontpkg_noto_sans

    return str(Path(str(fontpkg_noto_sans.__file__)).parent / "files" / "NotoSans[wdth,wght].ttf")


def saved(pdf: Any) -> bytes:
    """The PDF's bytes."""
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def with_places(*names: str) -> bytes:
    """A PDF with something planted in these places."""
    pdf = pikepdf.open(io.BytesIO(base()))
    for name in names:
        PLACES[name](pdf)
    return saved(pdf)


def draw(pdf: Any, program: str, resources: dict[str, Any] | None = None, page: int = 0) -> None:
    """Add drawing operations to a page."""
    target = pdf.pages[page]
    target.contents_add(pdf.make_stream(program.encode("latin-1")))
    for kind, held in (resources or {}).items():
        if kind not in target.obj.Resources:
            target.obj.Resources[kind] = Dictionary()
        for key, value in held.items():
            target.obj.Resources[kind][key] = value


def helvetica() -> Any:
    """A font that every reader has."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def texts(data: bytes) -> str:
    """All text that PDFium finds."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def everything(data: bytes) -> bytes:
    """Every byte of the file and of its unpacked streams and strings, in small letters."""
    pdf = pikepdf.open(io.BytesIO(data))
    parts = [data]
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream):
            try:
                parts.append(held.read_bytes())
            except pikepdf.PdfError:
                parts.append(held.read_raw_bytes())
        parts.append(repr(held).encode("utf-8", "replace"))
    parts.append(repr(pdf.trailer).encode())
    return b"\n".join(parts).lower()


def _xobject(pdf: Any, program: str, **extra: Any) -> Any:
    return pdf.make_stream(
        program.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 595, 842]),
        Resources=Dictionary(Font=Dictionary(F9=helvetica())),
        **extra,
    )


@place("text")
def _text(pdf: Any) -> None:
    draw(pdf, f"BT /F9 11 Tf 72 600 Td ({SAID}) Tj ET", {"/Font": {"/F9": helvetica()}})


@place("text in pieces with kerning")
def _kerned(pdf: Any) -> None:
    program = (
        "BT /F9 11 Tf 1 0 0 1 72 560 Tm [(Sio) 20 (bh) -15 (an) -300 (O) 40 (kon) 10 (kwo, )] TJ (NHS num) Tj (ber 943 4) Tj "
        "(76 59) Tj (19 was) Tj ( seen.) Tj ET"
    )
    draw(pdf, program, {"/Font": {"/F9": helvetica()}})


@place("text over two lines")
def _wrapped(pdf: Any) -> None:
    first = "It was on that day that she and her family doctor met with Siobhan"
    program = f"BT /F9 11 Tf 14 TL 72 520 Td ({first}) Tj (Okonkwo at home) ' ({SAID}) ' ET"
    draw(pdf, program, {"/Font": {"/F9": helvetica()}})


@place("turned text")
def _turned(pdf: Any) -> None:
    draw(pdf, f"BT /F9 9 Tf 0 1 -1 0 40 300 Tm ({SAID}) Tj ET", {"/Font": {"/F9": helvetica()}})


@place("form XObject drawn twice")
def _form(pdf: Any) -> None:
    form = _xobject(pdf, f"BT /F9 10 Tf 72 480 Td ({SAID}) Tj ET")
    for page in (0, 1):
        draw(pdf, "q 1 0 0 1 0 -20 cm /Fm9 Do Q", {"/XObject": {"/Fm9": pdf.make_indirect(form)}}, page)


@place("pattern")
def _pattern(pdf: Any) -> None:
    pattern = pdf.make_stream(
        f"BT /F9 10 Tf 0 2 Td ({SAID}) Tj ET".encode(),
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 300, 12]),
        XStep=300,
        YStep=12,
        Resources=Dictionary(Font=Dictionary(F9=helvetica())),
    )
    draw(pdf, "/Pattern cs /P9 scn 72 430 300 12 re f", {"/Pattern": {"/P9": pattern}})


@place("invisible text")
def _invisible(pdf: Any) -> None:
    draw(pdf, f"BT 3 Tr /F9 10 Tf 72 410 Td ({SAID}) Tj ET", {"/Font": {"/F9": helvetica()}})


@place("text outside the page")
def _outside(pdf: Any) -> None:
    draw(pdf, f"BT /F9 10 Tf 72 -400 Td ({SAID}) Tj ET", {"/Font": {"/F9": helvetica()}})


@place("document properties")
def _info(pdf: Any) -> None:
    pdf.docinfo["/Author"] = NAME
    pdf.docinfo["/Title"] = SAID


@place("XMP metadata")
def _xmp(pdf: Any) -> None:
    pdf.Root.Metadata = pdf.make_stream(f"<x:xmpmeta>{SAID}</x:xmpmeta>".encode(), Type=Name.Metadata, Subtype=Name.XML)


@place("outline")
def _outline(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Visit to {SAID}", 1))


@place("comment")
def _comment(pdf: Any) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 20, 20]), Contents=String(SAID), T=String(NAME))
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), pdf.make_indirect(note)])


@place("link")
def _link(pdf: Any) -> None:
    def link(address: str) -> Any:
        action = Dictionary(S=Name.URI, URI=String(address))
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 770, 90, 790]), A=action))

    addresses = ("mailto:s.okonkwo@example.org", "https://example.org/SiobhanOkonkwo/", "https://example.org/x?n=9434765919")
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), *map(link, addresses)])


@place("form field")
def _field(pdf: Any) -> None:
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("okonkwo"),
            TU=String(NAME),
            V=String(SAID),
            DA=String("/Helv 10 Tf 0 g"),
            Rect=Array([72, 350, 400, 366]),
            F=4,
            P=pdf.pages[0].obj,
        )
    )
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), field])
    fonts = Dictionary(Font=Dictionary(Helv=helvetica()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True, DR=fonts, DA=String("/Helv 10 Tf 0 g"))


@place("attachment")
def _attachment(pdf: Any) -> None:
    pdf.attachments["okonkwo.txt"] = pikepdf.AttachedFileSpec(  # pyright: ignore[reportCallIssue]
        pdf, SAID.encode(), filename="okonkwo.txt"
    )


@place("named destination")
def _destination(pdf: Any) -> None:
    goal = Array([pdf.pages[1].obj, Name.Fit])
    pdf.Root.Dests = Dictionary({"/SiobhanOkonkwo": goal})
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 740, 90, 760]), Dest=Name("/SiobhanOkonkwo"))
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), pdf.make_indirect(link)])


@place("structure tree")
def _structure(pdf: Any) -> None:
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Figure,
            Alt=String(f"Photo of {SAID}"),
            ActualText=String(SAID),
            ID=String("SiobhanOkonkwo"),
            A=Dictionary(O=Name.Table, Summary=String(SAID)),
        )
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))


@place("marked content")
def _marked(pdf: Any) -> None:
    draw(
        pdf,
        f"/Span <</ActualText ({SAID}) /MCID 3>> BDC BT /F9 10 Tf 72 330 Td (kept) Tj ET EMC % {SAID}\n",
        {"/Font": {"/F9": helvetica()}},
    )


@place("script")
def _script(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SAID}')"))


@place("layer")
def _layer(pdf: Any) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SAID)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=String(NAME), Order=Array([String(NAME), layer])))


@place("page label")
def _label(pdf: Any) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=String(f"{NAME} "))]))


@place("private data")
def _private(pdf: Any) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SAID)))
    pdf.pages[0].obj.Thumb = pdf.make_stream(SAID.encode())


@place("object that nothing refers to")
def _orphan(pdf: Any) -> None:
    pdf.make_indirect(Dictionary(Note=String(SAID)))
    pdf.Root.Spare = pdf.make_indirect(Dictionary(Note=String(SAID)))
