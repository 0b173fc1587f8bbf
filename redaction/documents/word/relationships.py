"""Which relationships of a .docx are carried over: the last word of their type decides."""

from __future__ import annotations

SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.microsoft.com/office/",
)
"""where the types of relationships come from"""

KEPT: dict[str, bool] = {
    "officeDocument": True,
    "core-properties": True,
    "extended-properties": True,
    "extendedProperties": True,
    "styles": True,
    "settings": True,
    "fontTable": True,
    "theme": True,
    "numbering": True,
    "header": True,
    "footer": True,
    "footnotes": True,
    "endnotes": True,
    "comments": True,
    "commentsExtended": True,
    "commentsIds": True,
    "image": False,
    "font": False,
}
"""type → whether the part is XML that is read"""

EXTERNAL = frozenset({"hyperlink"})
"""types whose target may lie outside the file"""

DROPPED: dict[str, str] = {
    "custom-properties": "custom properties",
    "customProperties": "custom properties",
    "thumbnail": "preview picture of the document",
    "customXml": "custom XML data",
    "customXmlProps": "custom XML data",
    "glossaryDocument": "building blocks (glossary)",
    "people": "list of authors",
    "commentsExtensible": "times of comments",
    "documenttasks": "tasks",
    "chart": "chart",
    "chartEx": "chart",
    "diagramData": "diagram",
    "diagramLayout": "diagram",
    "diagramQuickStyle": "diagram",
    "diagramColors": "diagram",
    "diagramDrawing": "diagram",
    "oleObject": "embedded object",
    "package": "embedded object",
    "control": "embedded object",
    "activeXControlBinary": "embedded object",
    "aFChunk": "embedded document",
    "subDocument": "link to another document",
    "attachedTemplate": "link to a template",
    "mailMergeSource": "mail merge source",
    "mailMergeHeaderSource": "mail merge source",
    "recipientData": "mail merge recipients",
    "transform": "link to another file",
    "image": "link to a picture outside the file",
    "frame": "link to another file",
    "webSettings": "settings for web pages",
    "stylesWithEffects": "second table of styles",
    "printerSettings": "name of a printer",
    "keyMapCustomizations": "own keys and menus",
    "attachedToolbars": "own keys and menus",
    "origin": "digital signature",
    "signature": "digital signature",
    "video": "film or sound",
    "audio": "film or sound",
    "media": "film or sound",
    "ink": "ink",
    "classificationlabels": "sensitivity label",
    "hyperlink": "link within the file",
    "ui": "own keys and menus",
}
"""what a type leads to, in words for the report; every type that is not kept is dropped, known or not"""
