"""Putting the words back."""

from __future__ import annotations

import hashlib
import re

from redaction.model import Vault

_TOKEN = re.compile(r"<([A-Z][A-Z_]*_\d+)>|(?<![\w<])([A-Z][A-Z_]*_\d+)(?![\w>])")


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
    return _TOKEN.sub(lambda m: vault.values.get(f"<{m.group(1) or m.group(2)}>", m.group()), text)
