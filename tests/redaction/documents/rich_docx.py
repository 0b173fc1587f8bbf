"""A Word document that looks ordinary, and every place in which a name can hide in it.

Each place of ``PLACES`` is a function that plants an identifier in the files of a package. ``rich()`` plants
them all, so that one document shows whether they get in each other's way.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from docx import Document
from docx.shared import Pt

NAME = "Siobhan Okonkwo"
NHS = "943 476 5919"
PEOPLE = [{"name": NAME, "role": "mother"}]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SECRETS = ("okonkwo", "9434765919", "943 476 5919")

Files = dict[str, bytes]
Plant = Callable[[Files], None]
PLACES: dict[str, Plant] = {}


def place(name: str) -> Callable[[Plant], Plant]:
    """File a planter under the place it plants in."""

    def add(plant: Plant) -> Plant:
        PLACES[name] = plant
        return plant

    return add


def base() -> Files:
    """A plain letter: two styles, bold words, a table, header and footer; nobody is named."""
    document = Document()
    document.add_heading("Review of support", level=1)
    paragraph = document.add_paragraph("The visit took place at ")
    run = paragraph.add_run("the family home")
    run.bold = True
    run.font.size = Pt(13)
    paragraph.add_run(" in the afternoon.")
    table = document.add_table(rows=2, cols=2)
    table.style = "Table Grid"
    for (row, column), text in {(0, 0): "Need", (0, 1): "Support", (1, 0): "Washing", (1, 1): "Twice a day"}.items():
        table.cell(row, column).text = text
    document.sections[0].header.paragraphs[0].text = "Adult social care"
    document.sections[0].footer.paragraphs[0].text = "Page"
    document.core_properties.author = ""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(files: Files) -> bytes:
    """The files as a .docx."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def rich() -> bytes:
    """One document with something planted in every place."""
    files = base()
    for plant in PLACES.values():
        plant(files)
    return pack(files)


def with_place(name: str) -> bytes:
    """A document with something planted in one place only."""
    files = base()
    PLACES[name](files)
    return pack(files)


def body(files: Files, xml: str) -> None:
    """Put XML at the end of the text, before the section's settings."""
    old = files["word/document.xml"].decode()
    at = old.rindex("<w:sectPr")
    files["word/document.xml"] = (old[:at] + xml + old[at:]).encode()


def into(files: Files, part: str, before: str, xml: str) -> None:
    """Put XML into a part before the last place of ``before``."""
    old = files[part].decode()
    at = old.rindex(before)
    files[part] = (old[:at] + xml + old[at:]).encode()


def relate(files: Files, kind: str, target: str, *, source: str = "word/document.xml", external: bool = False) -> str:
    """Add a relationship and return its id."""
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if source else "_rels/.rels"
    if rels not in files:
        files[rels] = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    rid = f"rId9{files[rels].count(b'<Relationship ')}"
    uri = kind if kind.startswith("http") else REL + kind
    mode = ' TargetMode="External"' if external else ""
    into(files, rels, "</Relationships>", f'<Relationship Id="{rid}" Type="{uri}" Target="{target}"{mode}/>')
    return rid


def part(files: Files, name: str, data: str | bytes, kind: str, content_type: str, source: str = "word/document.xml") -> str:
    """Add a part with its type and relationship; return the relationship's id."""
    files[name] = data.encode() if isinstance(data, str) else data
    into(files, "[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/>')
    return relate(files, kind, "/" + name, source=source)


def p(text: str, extra: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{extra}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def png(text: str = "") -> bytes:
    """A one-pixel PNG that says something in its metadata."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    meta = chunk(b"tEXt", b"Author\x00" + text.encode()) if text else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + meta + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")


DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="7" name="{name}" descr="{descr}" title="{title}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{graphic}</a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
PICTURE = (
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{rid}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
)
