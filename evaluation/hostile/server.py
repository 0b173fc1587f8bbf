"""An OpenAI-compatible server on this machine that misbehaves on purpose, in one named way."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from evaluation.hostile.lies import LIES

MODES = (*LIES, "hangs", "garbage", "refuses", "error_500", "wrong_ids", "uncited", "huge")


class HostileServer:
    """Runs in a thread while the ``with`` block lasts; ``url`` is the base address for a client."""

    def __init__(self, mode: str) -> None:
        if mode not in MODES:
            raise ValueError(f"no hostile mode {mode!r}")
        self.mode = mode
        self.requests: list[dict[str, Any]] = []
        """bodies of the requests, for tests to look at"""
        self._stop = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Base address, ending in /v1."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> HostileServer:
        threading.Thread(target=self._server.serve_forever, daemon=True, name="hostile").start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, body: dict[str, Any]) -> str:
        """Return the text the model "says" to a request."""
        passages = read_passages(body)
        if self.mode == "garbage":
            return '{"sentences": [{"text": "Once upon a ti'
        if self.mode == "refuses":
            return "I'm sorry, but I can't help with that."
        if self.mode == "huge":
            return "na " * 400_000
        sentences = [
            {"text": text, "passages": [passage["id"]]}
            for passage in passages
            for text in [LIES.get(self.mode, LIES["honest"])(passage)]
            if text
        ]
        if self.mode == "wrong_ids":
            sentences = [{**s, "passages": ["p999"]} for s in sentences]
        if self.mode == "uncited":
            sentences = [{**s, "passages": []} for s in sentences]
        return json.dumps({"sentences": sentences}, ensure_ascii=False)

    def hang(self) -> None:
        """Wait until the server is stopped."""
        self._stop.wait(120)


def read_passages(body: dict[str, Any]) -> list[dict[str, str]]:
    """Return the passages of a request: one JSON object a line that has an id and a text."""
    found = []
    for message in body.get("messages", []):
        for line in re.findall(r"^\{.*\}$", str(message.get("content", "")), re.MULTILINE):
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(record, dict) and "id" in record and "text" in record:
                found.append(record)
    return found


def _handler(owner: HostileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            owner.requests.append(body)
            if owner.mode == "hangs":
                owner.hang()
                return
            if owner.mode == "error_500":
                self.send_error(500)
                return
            message = {"role": "assistant", "content": owner.answer(body)}
            reply = {
                "id": "hostile", "object": "chat.completion", "created": 0,
                "model": str(body.get("model", "hostile")),
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }  # fmt: skip
            data = json.dumps(reply).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: requests hold what people said."""

    return Handler
