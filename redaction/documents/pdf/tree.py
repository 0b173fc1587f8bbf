"""Every dictionary of a PDF, wherever it hangs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def dictionaries(pdf: Any) -> Iterator[Any]:
    """Return every dictionary, those of streams and those inside others too, each once."""
    for top in list(pdf.objects):
        yield from _below(top, 0)
    yield from _below(pdf.trailer, 0, top=True)


def _below(value: Any, depth: int, top: bool = False) -> Iterator[Any]:
    import pikepdf

    if depth > 60:
        return
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        yield value
        for key in list(value.keys()):
            inner = value.get(key)
            if isinstance(inner, (pikepdf.Dictionary, pikepdf.Array)) and not inner.is_indirect:
                yield from _below(inner, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            if isinstance(inner, (pikepdf.Dictionary, pikepdf.Array)) and not inner.is_indirect:
                yield from _below(inner, depth + 1)


def arrays(value: Any, depth: int = 0) -> Iterator[Any]:
    """Return the arrays below a dictionary or array that stand in it directly."""
    import pikepdf

    if depth > 60:
        return
    if isinstance(value, pikepdf.Array):
        yield value
        held = list(value)
    else:
        held = [value.get(key) for key in value.keys()]
    for inner in held:
        if isinstance(inner, pikepdf.Array) and not inner.is_indirect:
            yield from arrays(inner, depth + 1)


def streams(pdf: Any) -> Iterator[Any]:
    """Return every stream."""
    import pikepdf

    for value in list(pdf.objects):
        if isinstance(value, pikepdf.Stream):
            yield value
