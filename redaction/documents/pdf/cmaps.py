"""The two tables a PDF font may bring along: codes → characters, and how long its codes are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange)(.*?)end\1", re.S)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[([^\]]*)\]|(-?\d+)")
_MOST = 140_000


@dataclass
class CMap:
    """What a CMap says; ``whole`` is False when something in it could not be understood."""

    spaces: list[tuple[int, int, int]] = field(default_factory=list)
    """(bytes, lowest, highest) of codes"""
    characters: dict[tuple[int, int], str] = field(default_factory=dict)
    """(bytes, code) → text"""
    cids: dict[tuple[int, int], int] = field(default_factory=dict)
    whole: bool = True


def read_cmap(data: bytes) -> CMap:
    """Return the tables of an embedded CMap."""
    found = CMap()
    if b"usecmap" in data:
        found.whole = False
    for match in _BLOCK.finditer(data):
        kind, items = match.group(1), [_item(m) for m in _ITEM.finditer(match.group(2))]
        try:
            _take(found, kind, items)
        except (IndexError, ValueError, TypeError, UnicodeDecodeError, OverflowError):
            found.whole = False
    return found


def _item(match: re.Match[bytes]) -> bytes | int | list[bytes]:
    if match.group(1) is not None:
        return _hex(match.group(1))
    if match.group(2) is not None:
        return [_hex(one) for one in re.findall(rb"<([0-9A-Fa-f\s]*)>", match.group(2))]
    return int(match.group(3))


def _hex(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _take(found: CMap, kind: bytes, items: list[bytes | int | list[bytes]]) -> None:
    step = 3 if kind in (b"bfrange", b"cidrange") else 2
    if len(items) % step:
        raise ValueError
    for at in range(0, len(items), step):
        low = items[at]
        if not isinstance(low, bytes):
            raise ValueError
        length, first = len(low), int.from_bytes(low, "big")
        if step == 2 and kind != b"codespacerange":
            _put(found, kind, length, first, items[at + 1], 0)
            continue
        high = items[at + 1]
        if not isinstance(high, bytes):
            raise ValueError
        last = int.from_bytes(high, "big")
        if kind == b"codespacerange":
            found.spaces.append((length, first, last))
            continue
        if last - first >= _MOST or len(found.characters) + len(found.cids) + last - first > _MOST:
            raise ValueError
        for code in range(first, last + 1):
            _put(found, kind, length, code, items[at + 2], code - first)


def _put(found: CMap, kind: bytes, length: int, code: int, value: bytes | int | list[bytes], by: int) -> None:
    if kind.startswith(b"cid"):
        if not isinstance(value, int):
            raise ValueError
        found.cids[length, code] = value + by
        return
    if isinstance(value, list):
        found.characters[length, code] = value[by].decode("utf-16-be")
    elif isinstance(value, bytes) and value:
        last = int.from_bytes(value[-2:], "big") + by
        found.characters[length, code] = (value[:-2] + last.to_bytes(min(2, len(value)), "big")).decode(
            "utf-16-be" if len(value) > 1 else "latin-1"
        )
    elif value != b"":
        raise ValueError
