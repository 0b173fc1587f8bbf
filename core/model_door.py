"""The only way to a chat model. It pseudonymises what leaves this machine, and fails closed.

No error, log line or audit event of this module holds any text of a prompt or an answer.
"""

from __future__ import annotations

import logging
import os
import queue
import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import MissingModel, PolicyRefused, RaptError, ServiceUnavailable
from core.pseudonymiser import People, Pseudonymiser, pseudonymise_parts, registered
from core.schema_text import replace_texts, schema_texts
from core.settings import Settings, get_settings
from core.zones import is_loopback

Messages = Sequence[Mapping[str, str]]
SEED = 7


@dataclass(frozen=True)
class DoorEvent:
    """One call: ids and figures only."""

    call_id: str
    zone: str
    model: str
    chars_in: int
    chars_out: int
    outcome: str
    """``answered`` or the code of the error"""
    seconds: float


class ModelDoor:
    """Asks the chat model of the settings."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        record: Callable[[DoorEvent], None] | None = None,
        people: People = (),
        pseudonymiser: Pseudonymiser | None = None,
    ) -> None:
        self._settings = settings or get_settings()
        self._record = record or (lambda _: None)
        self._people = people
        self._pseudonymiser = pseudonymiser

    def ask(
        self, messages: Messages, *, schema: Mapping[str, Any] | None = None, case_people: People = ()
    ) -> str:
        """Return the model's answer to messages of {"role", "content"}, with names put back.

        Args:
            messages: system, user and assistant messages in order.
            schema: JSON schema the server is asked to keep to; the caller still validates.
            case_people: people whose names must not leave, besides those of the constructor.

        Raises:
            PolicyRefused: the zone is not allowed, no pseudonymiser is registered, or a name would leave.
            MissingModel: no chat model is set.
            ServiceUnavailable: the server did not answer within ``chat_timeout_s``, or with an error.
        """
        started = time.monotonic()
        outcome, sent, answer = "unforeseen", 0, ""
        try:
            people = [*self._people, *case_people]
            ready, ready_schema, restore = self._prepare(messages, schema, people)
            sent = sum(len(message["content"]) for message in ready)
            answer = self._call(ready, ready_schema)
            outcome = "answered"
            return restore(answer)
        except RaptError as error:
            outcome = error.code
            raise
        finally:
            settings = self._settings
            self._record(
                DoorEvent(
                    call_id=f"call-{uuid.uuid4().hex[:12]}",
                    zone=settings.chat_zone,
                    model=settings.chat_model,
                    chars_in=sent,
                    chars_out=len(answer),
                    outcome=outcome,
                    seconds=round(time.monotonic() - started, 3),
                )
            )

    def _prepare(
        self, messages: Messages, schema: Mapping[str, Any] | None, people: People
    ) -> tuple[list[dict[str, str]], Mapping[str, Any] | None, Callable[[str], str]]:
        """Return what may be sent; for another zone than this machine that is the pseudonymised twin."""
        self._check_zone()
        plain = [{"role": message["role"], "content": message["content"]} for message in messages]
        if self._settings.chat_zone == "machine":
            return plain, schema, lambda text: text
        item = self._pseudonymiser or registered()
        if item is None:
            raise PolicyRefused(
                "The chat model is in another trust zone and nothing is registered that pseudonymises.",
                "Use a model on this machine; a text never leaves it with names in.",
                code="no_pseudonymiser",
            )
        texts = schema_texts(schema) if schema else []
        parts, restore = pseudonymise_parts(item, [m["content"] for m in plain] + texts, people)
        for message, clean in zip(plain, parts, strict=False):
            message["content"] = clean
        return plain, replace_texts(schema, parts[len(plain) :]) if schema else None, restore

    def _check_zone(self) -> None:
        settings = self._settings
        if not settings.chat_url or not settings.chat_model:
            raise MissingModel(
                "No chat model is set.",
                "Set RAPT_CHAT_URL and RAPT_CHAT_MODEL, or use the extractive writer.",
                code="no_chat_model",
            )
        if settings.chat_zone not in settings.allowed_zones:
            raise PolicyRefused(
                f"The council does not allow text to go to the zone {settings.chat_zone!r}.",
                "Use a model in an allowed zone, or ask the information officer (RAPT_ALLOWED_ZONES).",
                code="zone_not_allowed",
            )
        if settings.chat_zone == "machine" and not is_loopback(settings.chat_url):
            raise PolicyRefused(
                "The chat model is called part of this machine, but its address is elsewhere.",
                "Set RAPT_CHAT_ZONE to council or outside.",
                code="zone_mismatch",
            )

    def _call(self, messages: list[dict[str, str]], schema: Mapping[str, Any] | None) -> str:
        """Return the answer within the time limit of the settings, whatever the server does."""
        import langchain_openai  # noqa: F401  (seconds, and not the server's fault: before the clock starts)

        limit = self._settings.chat_timeout_s
        answers: queue.Queue[str | Exception] = queue.Queue()

        def run() -> None:
            try:
                answers.put(_invoke(self._settings, messages, schema))
            except Exception as error:
                answers.put(error)

        # The client's own timeout counts from byte to byte; a server that drips would hold us for ever.
        threading.Thread(target=run, daemon=True, name="rapt-door").start()
        try:
            answer = answers.get(timeout=limit)
        except queue.Empty:
            raise _unavailable(f"did not answer within {limit:g} seconds", "model_timeout") from None
        if isinstance(answer, Exception):
            status = getattr(answer, "status_code", None)
            timed_out = "Timeout" in type(answer).__name__
            why = (
                f"answered with error {status}"
                if isinstance(status, int)
                else "could not be reached or understood"
            )
            if timed_out:
                why = f"did not answer within {limit:g} seconds"
            raise _unavailable(why, "model_timeout" if timed_out else "model_unavailable") from None
        if not answer.strip():
            raise _unavailable("answered with nothing", "model_empty")
        return answer


def _invoke(settings: Settings, messages: list[dict[str, str]], schema: Mapping[str, Any] | None) -> str:
    _quiet()
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    # No proxy of the environment and no redirect: either would carry the text to a zone nobody chose.
    with httpx2.Client(trust_env=False, follow_redirects=False, timeout=settings.chat_timeout_s) as client:
        model = ChatOpenAI(
            base_url=settings.chat_url,
            api_key=settings.chat_key or SecretStr("none"),
            model=settings.chat_model,
            temperature=0,
            seed=SEED,
            timeout=settings.chat_timeout_s,
            max_retries=0,
            http_client=client,
            openai_proxy="",
            organization="",
            cache=False,
        )
        options: dict[str, Any] = {}
        if schema is not None:
            json_schema = {"name": "answer", "schema": dict(schema), "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": json_schema}
        reply = model.invoke(list(messages), **options)
    return reply.content if isinstance(reply.content, str) else ""


def _quiet() -> None:
    """Switch off every tracing and body log of the libraries."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING"):
        os.environ[name] = "false"
    for name in ("openai", "httpx", "httpx2", "httpcore2", "langsmith"):
        logging.getLogger(name).setLevel(logging.WARNING)
    from langchain_core.globals import set_debug, set_verbose

    set_debug(False)
    set_verbose(False)


def _unavailable(why: str, code: str) -> ServiceUnavailable:
    return ServiceUnavailable(
        f"The chat model {why}.",
        "Check that its server runs (RAPT_CHAT_URL), or use the extractive writer, which needs none.",
        code=code,
    )


def audit_recorder(settings: Settings, user: Any) -> Callable[[DoorEvent], None]:
    """Return a ``record`` for the door that adds one event of each call to the audit chain."""
    from core import audit

    def record(event: DoorEvent) -> None:
        slug = re.sub(r"[^a-z0-9]+", "_", event.model.lower()).strip("_")[:50]
        audit.record(
            settings, user, "model_asked", event.call_id, zone=event.zone, model=f"m_{slug}",
            chars_in=event.chars_in, chars_out=event.chars_out, outcome=event.outcome,
        )  # fmt: skip

    return record
