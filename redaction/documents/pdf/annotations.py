"""Annotations: links stay where they lead to a page; forms become text; comments and files go."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from redaction.documents.notes import Notes
from redaction.documents.pdf.opening import broken

_LINK = frozenset("/Type /Subtype /Rect /Border /C /A /Dest /H /QuadPoints /F /StructParent /BS".split())


def clean_annotations(pdf: Any, notes: Notes) -> None:
    """Flatten form fields, keep links with plain targets, drop every other annotation."""
    import pikepdf

    links = [_take_links(pdf, page, notes) for page in pdf.pages]
    try:
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise broken() from None
    for page, kept in zip(pdf.pages, links, strict=True):
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
        if kept:
            page.obj["/Annots"] = pikepdf.Array(kept)


def _take_links(pdf: Any, page: Any, notes: Notes) -> list[Any]:
    """Leave the form fields on the page; return its links, each reduced to what draws and leads it."""
    import pikepdf

    listed = page.obj.get("/Annots")
    fields, links = [], []
    for one in listed if isinstance(listed, pikepdf.Array) else ():
        kind = str(one.get("/Subtype", "")) if isinstance(one, pikepdf.Dictionary) else ""
        if kind == "/Widget":
            fields.append(one)
            notes.remove("form field (its visible value stays as text)")
        elif kind == "/Link" and (link := _plain(pdf, one)) is not None:
            links.append(link)
        else:
            notes.remove("link" if kind == "/Link" else "comment, stamp, file or other annotation")
    if listed is not None:
        page.obj["/Annots"] = pikepdf.Array(fields)
    return links


def _plain(pdf: Any, link: Any) -> Any:
    import pikepdf

    action, goal = link.get("/A"), link.get("/Dest")
    kind = str(action.get("/S")) if isinstance(action, pikepdf.Dictionary) else ""
    if kind == "/GoTo":
        goal = action.get("/D")
    target = place(pdf, goal) if goal is not None else None
    kept = {key: link[key] for key in link.keys() if key in _LINK and key not in ("/A", "/Dest", "/Contents")}
    if target is not None:
        kept["/Dest"] = target
    elif kind == "/URI" and (address := page_address(str(action.get("/URI", "")))):
        kept["/A"] = pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI=pikepdf.String(address))
    else:
        return None
    return pdf.make_indirect(pikepdf.Dictionary(kept))


def page_address(target: str) -> str:
    """Return a web address without question and fragment; "" for mail, files and anything else."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return ""
    return target.partition("#")[0].partition("?")[0]


def place(pdf: Any, goal: Any) -> Any:
    """Return a destination as an explicit array; names are looked up, so that they can go."""
    import pikepdf

    if isinstance(goal, (pikepdf.String, pikepdf.Name)):
        goal = _named(pdf, goal)
    if isinstance(goal, pikepdf.Dictionary):
        goal = goal.get("/D")
    if not isinstance(goal, pikepdf.Array) or not len(goal) or not isinstance(goal[0], pikepdf.Dictionary):
        return None
    if str(goal[0].get("/Type")) != "/Page":
        return None
    rest = [v for v in list(goal)[1:] if not isinstance(v, (pikepdf.String, pikepdf.Dictionary, pikepdf.Array))]
    return pikepdf.Array([goal[0], *rest])


def _named(pdf: Any, name: Any) -> Any:
    import pikepdf

    if isinstance(name, pikepdf.Name):
        old = pdf.Root.get("/Dests")
        return old.get(str(name)) if old is not None else None
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if names is not None else None
    if tree is None:
        return None
    try:
        return pikepdf.NameTree(tree).get(str(name))
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError):
        return None


def clean_outline(pdf: Any) -> None:
    """Give every bookmark an explicit page instead of a name or an action; titles are read as text."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    outlines = pdf.Root.get("/Outlines")
    todo = [outlines.get("/First")] if outlines is not None else []
    while todo:
        item = todo.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        action = item.get("/A")
        goal = item.get("/Dest")
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) == "/GoTo":
            goal = action.get("/D")
        target = place(pdf, goal) if goal is not None else None
        for key in ("/A", "/Dest", "/SE"):
            if key in item:
                del item[key]
        if target is not None:
            item["/Dest"] = target
        todo += [item.get("/Next"), item.get("/First")]
