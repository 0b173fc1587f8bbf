"""The key of this installation, and sealing of everything personal before it is stored.

One 32-byte key (``RAPT_KEY`` or the key file) is never used itself: each purpose has its own key
derived from it. What is sealed is bound to the row it belongs to, so a sealed value that was
copied to another row does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import zlib
from pathlib import Path
from typing import Any

from core.errors import ServiceUnavailable
from core.settings import Settings

KEY_BYTES = 32
_NONCE = 12


def key_path(settings: Settings) -> Path:
    """Return where the key file lies."""
    return settings.key_file or settings.home / "keys" / "files.key"


def has_key(settings: Settings) -> bool:
    """Say whether a key was given or its file exists."""
    return settings.key is not None or key_path(settings).exists()


def make_key(settings: Settings) -> None:
    """Make the key file (mode 0600) unless there is a key; safe when two processes do it at once."""
    if has_key(settings):
        return
    path = key_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails if somebody was quicker: then theirs is the key
        except FileExistsError:
            pass
    finally:
        draft.unlink(missing_ok=True)


def master_key(settings: Settings) -> bytes:
    """Return the key; ServiceUnavailable when it is missing or not base64 of 32 bytes."""
    if settings.key is not None:
        encoded, place = settings.key.get_secret_value().encode(), "RAPT_KEY"
    else:
        place = "The key file"
        try:
            encoded = key_path(settings).read_bytes()
        except OSError:
            raise ServiceUnavailable(
                "The key that opens the stored files is missing.",
                "Put the key file back (or set RAPT_KEY); without it nothing stored can be read.",
                code="key_missing",
            ) from None
    try:
        key = base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ServiceUnavailable(
            f"{place} does not hold a key.", "It must be the base64 form of 32 bytes.", code="key_invalid"
        )
    return key


def derive(settings: Settings, purpose: str, salt: bytes = b"") -> bytes:
    """Return the 32-byte key of one purpose."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=b"rapt/" + purpose.encode())
    return kdf.derive(master_key(settings))


def mac(settings: Settings, purpose: str, message: bytes) -> str:
    """Return the keyed fingerprint (hex) of a message; nobody without the key can make or guess it."""
    return hmac.new(derive(settings, purpose), message, hashlib.sha256).hexdigest()


def seal(settings: Settings, value: Any, belongs_to: str) -> bytes:
    """Return a JSON value encrypted and bound to ``belongs_to`` (table and id of its row)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    clear = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    return nonce + AESGCM(derive(settings, "rows")).encrypt(nonce, clear, belongs_to.encode())


def unseal(settings: Settings, sealed: bytes, belongs_to: str) -> Any:
    """Return the JSON value again; ServiceUnavailable when it was altered or the key is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        clear = AESGCM(derive(settings, "rows")).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], belongs_to.encode()
        )
    except InvalidTag:
        raise ServiceUnavailable(
            "A stored record does not open: it was altered, or the key is not the one it was stored with.",
            "Put the right key back and run `rapt doctor`; restore an altered record from a backup.",
            code="seal_broken",
        ) from None
    return json.loads(zlib.decompress(clear))
