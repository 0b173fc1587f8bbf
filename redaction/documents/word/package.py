"""The package of a .docx: what can be reached over relationships we know; the rest is not carried over."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from core.errors import BadInput
from redaction.documents.notes import Notes
from redaction.documents.safe_zip import read_zip
from redaction.documents.word.relationships import DROPPED, EXTERNAL, KEPT, SPACES
from redaction.documents.word.xml import Element, elements, local, parse, tag

TYPES = "[Content_Types].xml"


@dataclass
class Relation:
    """One kept relationship."""

    id: str
    type: str
    """last word of ``uri``"""
    uri: str
    target: str
    """name of a part, or an address when ``external``"""
    external: bool = False


@dataclass
class Part:
    """One kept file of the package; ``root`` for XML, ``data`` for anything else."""

    name: str
    kind: str
    content_type: str
    root: Element = None
    data: bytes = b""
    relations: dict[str, Relation] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    """id of a relationship that was not carried over → what it led to, in words"""


@dataclass
class Package:
    """All kept parts, the main document first."""

    parts: dict[str, Part]
    root_relations: list[Relation]
    notes: Notes

    @property
    def main(self) -> Part:
        """The document itself."""
        return next(part for part in self.parts.values() if part.kind == "officeDocument")

    def xml(self, *kinds: str) -> list[Part]:
        """Return XML parts (of these kinds), in the order in which they were reached."""
        return [p for p in self.parts.values() if p.root is not None and (not kinds or p.kind in kinds)]


def open_package(data: bytes) -> Package:
    """Return the package; raises BadInput for what is no .docx, is encrypted or carries macros."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            "This is a Word document with a password, or one of an old version (.doc).",
            "Open it in Word, take the password off, and save it as .docx.",
            code="encrypted",
        )
    reader = _Reader(read_zip(data))
    return reader.package()


class _Reader:
    def __init__(self, members: dict[str, bytes]) -> None:
        self._members = {name.lower(): (name, data) for name, data in members.items()}
        self._notes = Notes()
        self._parts: dict[str, Part] = {}
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}

    def package(self) -> Package:
        self._read_types()
        relations, lost = self._relations("")
        for what in lost.values():
            self._notes.remove(what)
        if not any(r.type == "officeDocument" for r in relations.values()):
            raise _no_docx()
        for relation in relations.values():
            self._visit(relation)
        main = next(p for p in self._parts.values() if p.kind == "officeDocument")
        if "wordprocessingml.document" not in main.content_type or tag(main.root) != "w:document":
            raise _no_docx()
        return Package(self._parts, list(relations.values()), self._notes)

    def _read_types(self) -> None:
        if TYPES.lower() not in self._members:
            raise _no_docx()
        for element in elements(parse(self._members[TYPES.lower()][1])):
            if local(element.tag) == "Default":
                self._defaults[element.get("Extension", "").lower()] = element.get("ContentType", "")
            elif local(element.tag) == "Override":
                name = element.get("PartName", "").lstrip("/").lower()
                self._overrides[name] = element.get("ContentType", "")
        every = [*self._defaults.values(), *self._overrides.values(), *self._members]
        if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in every):
            raise BadInput(
                "The Word document carries macros.",
                "Save it in Word as a document without macros (.docx).",
                code="macros",
            )

    def _type_of(self, name: str) -> str:
        low = name.lower()
        return self._overrides.get(low) or self._defaults.get(low.rpartition(".")[2], "")

    def _relations(self, source: str) -> tuple[dict[str, Relation], dict[str, str]]:
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels").lower()
        kept: dict[str, Relation] = {}
        lost: dict[str, str] = {}
        if name not in self._members:
            return kept, lost
        for element in elements(parse(self._members[name][1])):
            if local(element.tag) != "Relationship":
                continue
            rid, uri = element.get("Id", ""), element.get("Type", "")
            prefix, _, kind = uri.rpartition("/")
            kind = kind if prefix.startswith(SPACES) else ""
            target = element.get("Target", "")
            if element.get("TargetMode") == "External":
                if kind in EXTERNAL:
                    kept[rid] = Relation(rid, kind, uri, target, True)
                else:
                    lost[rid] = DROPPED.get(kind, "link to another file")
                continue
            path = unquote(target.partition("#")[0])
            path = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
            known = self._members.get(path.lower())
            if kind in KEPT and known is not None:
                kept[rid] = Relation(rid, kind, uri, known[0])
            elif kind == "hyperlink":
                lost[rid] = "link within the file"
            else:
                lost[rid] = DROPPED.get(kind, "part of an unknown kind")
        return kept, lost

    def _visit(self, relation: Relation) -> None:
        if relation.external or relation.target in self._parts:
            return
        name, data = self._members[relation.target.lower()]
        part = Part(name, relation.type, self._type_of(name))
        self._parts[name] = part
        if not KEPT[relation.type]:
            part.data = data
            return
        part.root = parse(data)
        part.relations, part.lost = self._relations(name)
        for what in part.lost.values():
            self._notes.remove(what)
        for inner in part.relations.values():
            self._visit(inner)


def _no_docx() -> BadInput:
    return BadInput("The file is not a Word document (.docx).", "Open it in Word and save it as .docx.", code="not_docx")
