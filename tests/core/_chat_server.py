"""A real HTTP server on loopback that speaks just enough of the chat protocol, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ChatServer:
    """What was received, and how to answer."""

    def __init__(self, answer: Callable[[dict[str, Any]], str], mode: str = "good") -> None:
        self.answer = answer
        self.mode = mode
        self.received: list[dict[str, Any]] = []
        self.url = ""

    def received_text(self) -> str:
        return json.dumps(self.received, ensure_ascii=False)


@contextmanager
def chat_server(
    answer: Callable[[dict[str, Any]], str] = lambda _: "Yes.", mode: str = "good", location: str = ""
) -> Iterator[ChatServer]:
    """Serve in a thread; modes: good, hang, drip, error, redirect, garbage."""
    state = ChatServer(answer, mode)
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.received.append(body)
            if state.mode == "hang":
                stop.wait(20)
                return
            if state.mode == "redirect":
                self.send_response(307)
                self.send_header("Location", location)
                self.end_headers()
                return
            status = 500 if state.mode == "error" else 200
            reply = {
                "id": "x",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "message": {"role": "assistant", "content": state.answer(body)},
                    }
                ],
            }
            if state.mode == "error":
                reply = {"error": {"message": json.dumps(body)}}  # servers do quote the prompt back
            data = b"<html>" if state.mode == "garbage" else json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if state.mode != "drip":
                self.wfile.write(data)
                return
            for byte in data:
                if stop.is_set():
                    return
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.2)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield state
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
