"""Takes every upload of the pages before Streamlit does: seals it, and hands on a short word in its place."""

from __future__ import annotations

import asyncio
import secrets
from email.message import Message as Header
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.settings import get_settings
from ui.staff.spool import Spool, forget, keep

PLACE = "/_stcore/upload_file/"
AT_ONCE = 1 << 20
"""bytes handed to the sealing thread in one go"""
MARGIN = 64 << 20
"""what is still read, and thrown away, beyond the limit, so that the page can say what to do"""


class SealedUploads:
    """ASGI middleware in front of the staff app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Seal an upload; everything else goes on untouched."""
        if scope["type"] != "http" or scope["method"] != "PUT" or PLACE not in scope["path"]:
            await self.app(scope, receive, send)
            return
        if not _known_session(scope["path"]):
            await self.app(scope, _replay(b""), send)  # Streamlit refuses it without its body
            return
        spool = Spool(get_settings())
        try:
            part = await _take(scope, receive, spool)
        except (FormParserError, ValueError):
            await asyncio.to_thread(spool.drop)
            await PlainTextResponse("The upload cannot be read.", 400)(scope, receive, send)
            return
        except BaseException:  # the browser went away, or the app stops
            await asyncio.shield(asyncio.to_thread(spool.drop))
            raise
        if part is None:
            await asyncio.to_thread(spool.drop)
            return
        word, status = keep(spool), 0

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        body = part.around(word.encode())
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _BODY_HEADERS]
        headers += [(b"content-type", part.content_type), (b"content-length", str(len(body)).encode())]
        try:
            await self.app({**scope, "headers": headers}, _replay(body), watched)
        finally:
            if status != 204:
                await asyncio.to_thread(forget, word)


_BODY_HEADERS = (b"content-type", b"content-length", b"transfer-encoding")


class _Part:
    """The one file of a multipart body: its headers kept, its bytes collected until they are taken."""

    def __init__(self, boundary: bytes) -> None:
        self.headers = bytearray()
        self.clear = bytearray()
        self.files = 0
        self.whole = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header,
                "on_header_value": self._value,
                "on_header_end": lambda: self.headers.extend(b"\r\n"),
                "on_part_data": lambda data, start, end: self.clear.extend(memoryview(data)[start:end]),
                "on_end": self._end,
            },
        )
        self._named = False

    def _begin(self) -> None:
        self.files += 1
        if self.files > 1:
            raise ValueError("one file at a time")

    def _header(self, data: bytes, start: int, end: int) -> None:
        self.headers += data[start:end]
        self._named = True

    def _value(self, data: bytes, start: int, end: int) -> None:
        self.headers += (b": " if self._named else b"") + data[start:end]
        self._named = False

    def _end(self) -> None:
        self.whole = True

    def write(self, data: bytes) -> None:
        """Read on; raises FormParserError or ValueError for what is no upload of one file."""
        self._parser.write(data)

    def take(self) -> bytes:
        """Return the clear bytes that came since the last time."""
        taken = bytes(self.clear)
        self.clear.clear()
        return taken

    def around(self, content: bytes) -> bytes:
        """Return a body of the same file name and type with other content."""
        self._edge = secrets.token_hex(16).encode()
        return b"--" + self._edge + b"\r\n" + bytes(self.headers) + b"\r\n" + content + b"\r\n--" + self._edge + b"--\r\n"

    @property
    def content_type(self) -> bytes:
        """Content type of the body made last."""
        return b"multipart/form-data; boundary=" + self._edge


async def _take(scope: Scope, receive: Receive, spool: Spool) -> _Part | None:
    """Read and seal the body; None when the browser went away."""
    part, read, more = _Part(_boundary(scope)), 0, True
    most = spool.settings.max_upload_mb * 1_048_576 + MARGIN
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk, more = message.get("body", b""), message.get("more_body", False)
        read += len(chunk)
        if read > most:
            raise ValueError("far beyond the limit")
        part.write(chunk)
        if len(part.clear) >= AT_ONCE:
            await asyncio.to_thread(spool.feed, part.take())
    if not part.whole:
        raise ValueError("cut off")
    await asyncio.to_thread(spool.feed, part.take())
    await asyncio.to_thread(spool.finish)
    return part


def _boundary(scope: Scope) -> bytes:
    header = Header()
    header["content-type"] = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
    found: Any = header.get_param("boundary")
    if header.get_content_type() != "multipart/form-data" or not isinstance(found, str):
        raise ValueError("no multipart body")
    return found.encode("latin-1")


def _known_session(path: str) -> bool:
    from streamlit import runtime

    session_id = path.split(PLACE, 1)[1].split("/", 1)[0]
    return runtime.exists() and runtime.get_instance().is_active_session(session_id)


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await asyncio.Event().wait()  # a connection that stays open says nothing more
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
