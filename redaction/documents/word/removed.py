"""What hung on a part that was not carried over leaves a note in the text, or nothing."""

from __future__ import annotations

from redaction.documents.word.package import Package, Part
from redaction.documents.word.xml import Element, drop, elements, local, short, tag

_FRAMES = frozenset({"w:drawing", "w:object", "w:pict"})
_SAID = frozenset({"chart", "diagram", "embedded object", "film or sound", "ink"})


def clean(package: Package) -> None:
    """Remove every element that refers to a relationship which is gone."""
    for part in package.xml():
        for element in list(elements(part.root)):
            if element.getparent() is None and element is not part.root:
                continue
            for key in list(element.attrib):
                if short(key).startswith("r:") and element.attrib[key] not in part.relations:
                    _remove(part, element, key)


def _remove(part: Part, element: Element, key: str) -> None:
    what = part.lost.get(element.attrib[key], "")
    frame = next((e for e in (element, *element.iterancestors()) if tag(e) in _FRAMES), None)
    name = local(element.tag)
    if what in _SAID or name == "OLEObject":
        if frame is None or frame.getparent() is None:
            drop(element)
            return
        run = frame.getparent()
        words = run.makeelement(_w(run, "t"))
        words.text = f"[{what or 'embedded object'} removed]"
        run.replace(frame, words)
    elif name in ("hyperlink", "blip", "imagedata", "fill", "stroke"):
        del element.attrib[key]
    else:
        drop(element)


def _w(run: Element, name: str) -> str:
    if tag(run) == "w:r":
        return run.tag.rpartition("}")[0] + "}" + name
    around = next((e for e in run.iterancestors() if tag(e).startswith("w:")), None)
    space = around.tag if around is not None else "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"
    return space.rpartition("}")[0] + "}" + name
