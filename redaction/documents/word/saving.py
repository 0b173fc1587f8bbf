"""The package written anew: names, dates and order are ours, so nothing of the old archive comes along."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from xml.sax.saxutils import quoteattr

from redaction.documents.word.package import Package, Part
from redaction.documents.word.relationships import KEPT
from redaction.documents.word.xml import serialise

_PLAIN = re.compile(r"(?:word|docProps|word/theme)/(?:[a-z]+|commentsExtended|commentsIds|fontTable)\d*\.xml", re.A)
_DATE = (1980, 1, 1, 0, 0, 0)


def save(package: Package) -> bytes:
    """Return the .docx."""
    names = _names(package)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, data: bytes) -> None:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)

        add("[Content_Types].xml", _types(package, names))
        add("_rels/.rels", _rels([(r.id, r.uri, names[r.target], False) for r in package.root_relations]))
        for key, part in package.parts.items():
            name = names[key]
            add(name, serialise(part.root) if part.root is not None else part.data)
            if part.relations:
                folder, base = posixpath.split(name)
                rows = [
                    (r.id, r.uri, r.target if r.external else posixpath.relpath(names[r.target], folder), r.external)
                    for r in part.relations.values()
                ]
                add(f"{folder}/_rels/{base}.rels", _rels(rows))
    return buffer.getvalue()


def _names(package: Package) -> dict[str, str]:
    """Return old name → new name; a name that people may have given becomes a number."""
    names: dict[str, str] = {}
    for number, (key, part) in enumerate(package.parts.items(), start=1):
        if KEPT[part.kind] and _PLAIN.fullmatch(key) and _usual(part):
            names[key] = key
        elif KEPT[part.kind]:
            names[key] = f"word/part{number}.xml"
        else:
            folder = "media" if part.kind == "image" else "fonts"
            ending = re.sub(r"[^a-z0-9]", "", part.name.rpartition(".")[2].lower())[:5] or "bin"
            names[key] = f"word/{folder}/{part.kind}{number}.{ending}"
    return names


def _usual(part: Part) -> bool:
    stem = posixpath.basename(part.name).rpartition(".")[0].rstrip("0123456789")
    usual = {"officeDocument": "document", "core-properties": "core", "extended-properties": "app"}
    return stem == usual.get(part.kind, part.kind)


def _types(package: Package, names: dict[str, str]) -> bytes:
    rows = ['<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>']
    rows.append('<Default Extension="xml" ContentType="application/xml"/>')
    for key, part in package.parts.items():
        rows.append(f"<Override PartName={quoteattr('/' + names[key])} ContentType={quoteattr(part.content_type)}/>")
    body = "".join(rows)
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{space}">{body}</Types>'.encode()


def _rels(rows: list[tuple[str, str, str, bool]]) -> bytes:
    body = "".join(
        f"<Relationship Id={quoteattr(rid)} Type={quoteattr(uri)} "
        f"Target={quoteattr(target)}{' TargetMode=' + quoteattr('External') if external else ''}/>"
        for rid, uri, target, external in rows
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{space}">{body}</Relationships>'.encode()
