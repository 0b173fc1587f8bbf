"""Fields: page numbers and references stay; every other field leaves its result and loses its code."""

from __future__ import annotations

import re

from redaction.documents.word.package import Package
from redaction.documents.word.xml import Element, drop, find_all, get, put, tag, unwrap

_SAFE = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|TOC|PAGEREF|REF|NOTEREF|SEQ (?:Figure|Table)|FORMCHECKBOX)"
    r'(?:\s+_(?:Toc|Ref|Hlk)\d+|\s+\\[a-z*#]|\s+"?\d-\d"?|\s+MERGEFORMAT|\s+(?:Arabic|ARABIC|ROMAN|roman))*\s*'
)


def clean(package: Package) -> None:
    """Unlink the fields whose code could hold a name, an address or a path."""
    for part in package.xml():
        for field in find_all(part.root, "w:fldSimple"):
            if not _SAFE.fullmatch(get(field, "w:instr") or ""):
                unwrap(field)
                package.notes.remove("field code (its result stays)")
        package.notes.remove("field code (its result stays)", _complex(part.root))
        for data in find_all(part.root, "w:ffData"):
            _only_boxes(data)
        for data in find_all(part.root, "w:fldData"):
            drop(data)


def _complex(root: Element) -> int:
    """Walk begin … separate … end in document order; fields may hold fields."""
    count = 0
    open_fields: list[list[Element]] = []
    results: list[bool] = []
    for element in find_all(root, "w:fldChar", "w:instrText", "w:delInstrText"):
        name = tag(element)
        kind = get(element, "w:fldCharType") if name == "w:fldChar" else ""
        if kind == "begin":
            open_fields.append([element])
            results.append(False)
            continue
        if not open_fields:
            drop(element)  # a stray piece of a field: nobody sees it, so it must not carry anything
            count += name != "w:fldChar"
            continue
        open_fields[-1].append(element)
        if kind == "separate":
            results[-1] = True
        elif kind == "end":
            count += _close(open_fields.pop())
            results.pop()
    for field in open_fields:  # never closed
        count += _unlink(field)
    return count


def _close(field: list[Element]) -> int:
    code = "".join(e.text or "" for e in field if tag(e) != "w:fldChar")
    return 0 if _SAFE.fullmatch(code) else _unlink(field)


def _unlink(field: list[Element]) -> int:
    chosen = _chosen(field[0])
    if chosen and field[0].getparent() is not None:
        run = field[0].getparent()
        words = run.makeelement(run.tag.replace("}r", "}t"))
        words.text = chosen
        run.append(words)
    for element in field:
        drop(element)
    return 1


def _chosen(begin: Element) -> str:
    """Return the entry that a drop-down form field shows; it stands nowhere else."""
    for choice in find_all(begin, "w:ddList"):
        entries = [get(e, "w:val") or "" for e in find_all(choice, "w:listEntry")]
        results = find_all(choice, "w:result") or find_all(choice, "w:default")
        number = (get(results[0], "w:val") or "0") if results else "0"
        if number.isdigit() and int(number) < len(entries):
            return entries[int(number)]
    return ""


def _only_boxes(data: Element) -> None:
    for child in list(data):
        if tag(child) == "w:name":
            put(child, "w:val", "")
        elif tag(child) != "w:checkBox" and tag(child) not in ("w:enabled", "w:calcOnExit"):
            drop(child)
