"""The free texts of a JSON schema (choices, descriptions): they can hold names, so they pass the door too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_STRUCTURE = frozenset(
    {"type", "format", "$ref", "pattern", "$schema", "$id", "required", "$defs", "contentEncoding"}
)


def schema_texts(schema: Mapping[str, Any]) -> list[str]:
    """Return the texts in a fixed order."""
    found: list[str] = []
    _walk(schema, found.append)
    return found


def replace_texts(schema: Mapping[str, Any], texts: list[str]) -> dict[str, Any]:
    """Return a copy of the schema with its texts replaced, in the order of ``schema_texts``."""
    rest: Iterator[str] = iter(texts)
    return _walk(schema, lambda _: next(rest))


def _walk(node: Any, visit: Any, key: str = "", names: bool = False) -> Any:
    if isinstance(node, Mapping):
        return {
            k: v
            if not names and k in _STRUCTURE - {"$defs"}
            else _walk(v, visit, k, k in ("properties", "$defs"))
            for k, v in node.items()
        }
    if isinstance(node, list | tuple):
        return [_walk(item, visit, key) for item in node]
    if isinstance(node, str):
        new = visit(node)
        return node if new is None else new
    return node
