"""Putting the words back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from redaction.model import Vault

TOKEN = re.compile(r"<[A-Z][A-Z_]*_\d+(?: \([^<>()\n]{1,40}\))?>")
"""a token as we write it, with or without its role"""
_TOKEN = re.compile(r"<([A-Z][A-Z_]*_\d+)(?: \([^<>()\n]{1,40}\))?>|(?<![\w<])([A-Z][A-Z_]*_\d+)(?![\w>])")
"""a token as we write it, with or without its role, and bare, as a model may write it"""


def restore(text: str, vault: Vault) -> str:
    """Return ``text`` with the values of the vault in place of its tokens.

    The unaltered redacted text gives back the original exactly. In any other text (a model's answer) each
    token becomes the fullest form of its value; unknown tokens stay.
    """
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == vault.text_sha256:
        parts, at = [], 0
        for placed in vault.placed:
            parts += [text[at : placed.start], placed.surface]
            at = placed.start + len(placed.token)
        return "".join([*parts, text[at:]])
    by_name = {bare(token): value for token, value in vault.values.items()}
    return _TOKEN.sub(lambda m: by_name.get(m.group(1) or m.group(2), m.group()), text)


def tokens_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Return (start, end, bare token) of everything that reads as a token, in text order."""
    for match in _TOKEN.finditer(text):
        yield match.start(), match.end(), match.group(1) or match.group(2)


def bare(token: str) -> str:
    """Return a token without brackets and role: ``PERSON_2``."""
    return token.strip("<>").partition(" ")[0]
