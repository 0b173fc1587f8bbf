"""The door to a chat model: nothing leaves with a name in it, and it fails closed. Real HTTP on loopback."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import Any

import pytest

from core import audit
from core.access import SYSTEM
from core.errors import MissingModel, PolicyRefused, RaptError, ServiceUnavailable
from core.model_door import DoorEvent, ModelDoor, audit_recorder
from core.pseudonymiser import PSEUDONYMISERS, People, Pseudonymised, known_name_in
from core.settings import Settings
from tests.core._chat_server import chat_server

ASK = [
    {"role": "system", "content": "Write one sentence."},
    {"role": "user", "content": "Wilhelmina Ashgrove fell twice."},
]
PEOPLE = [{"name": "Wilhelmina Ashgrove", "role": "person"}]


class Careful:
    """Replaces the known people: a small real pseudonymiser for these tests."""

    def __init__(self, *, miss: bool = False, leaks: tuple[str, ...] = (), spoil: bool = False) -> None:
        self.miss, self.leaks, self.spoil = miss, leaks, spoil

    def pseudonymise(self, text: str, people: People) -> Pseudonymised:
        table: dict[str, str] = {}
        for person in people:
            for word in [person["name"], *person["name"].split()]:
                if not self.miss and word in text:
                    token = f"<PERSON_{len(table) + 1}>"
                    table[token] = word
                    text = text.replace(word, token)

        def restore(answer: str) -> str:
            return re.sub(r"<PERSON_\d+>", lambda hit: table.get(hit[0], hit[0]), answer)

        return Pseudonymised(text.replace("\n", " ") if self.spoil else text, restore, self.leaks)


def _settings(tmp_path: Path, url: str, zone: Any = "machine", **more: Any) -> Settings:
    allowed = more.pop("allowed_zones", ("machine", "council", "outside"))
    return Settings(
        home=tmp_path, chat_url=url, chat_model="toy-1", chat_zone=zone, allowed_zones=allowed, **more
    )


def test_when_the_model_is_on_this_machine_then_the_text_goes_as_it_is_and_the_answer_comes_back(
    tmp_path: Path,
) -> None:
    with chat_server(lambda body: f"I read: {body['messages'][1]['content']}") as server:
        answer = ModelDoor(_settings(tmp_path, server.url)).ask(ASK)
    assert answer == "I read: Wilhelmina Ashgrove fell twice."
    body = server.received[0]
    assert (body["temperature"], body["seed"]) == (0, 7)
    assert [m["role"] for m in body["messages"]] == ["system", "user"]


def test_when_a_schema_is_given_then_the_server_is_asked_to_keep_to_it(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    with chat_server() as server:
        ModelDoor(_settings(tmp_path, server.url)).ask(ASK, schema=schema)
    assert server.received[0]["response_format"]["json_schema"]["schema"] == schema


@pytest.mark.parametrize("zone", ["council", "outside"])
def test_when_the_model_is_in_another_zone_then_only_pseudonyms_leave_and_names_come_back(
    tmp_path: Path, zone: str
) -> None:
    settings = _settings(tmp_path, "", zone)
    with chat_server(lambda body: f"Noted: {body['messages'][-1]['content']}") as server:
        settings = settings.model_copy(update={"chat_url": server.url})
        answer = ModelDoor(settings, pseudonymiser=Careful(), people=PEOPLE).ask(ASK)
    assert answer == "Noted: Wilhelmina Ashgrove fell twice."
    assert "Wilhelmina" not in server.received_text()
    assert "Ashgrove" not in server.received_text()


def test_when_a_person_is_in_two_messages_then_both_carry_the_same_pseudonym(tmp_path: Path) -> None:
    messages = [*ASK, {"role": "user", "content": "Ring Wilhelmina Ashgrove."}]
    with chat_server() as server:
        settings = _settings(tmp_path, server.url, "council")
        ModelDoor(settings, pseudonymiser=Careful()).ask(messages, case_people=PEOPLE)
    first, second = (m["content"] for m in server.received[0]["messages"][1:])
    assert first.split()[0] == second.split()[1].rstrip(".") == "<PERSON_1>"


def test_when_a_schema_lists_names_then_they_do_not_leave_either(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "description": "Who said it: Wilhelmina Ashgrove?",
        "properties": {"type": {"type": "string", "enum": ["Wilhelmina Ashgrove", "worker"]}},
        "required": ["type"],
    }
    with chat_server() as server:
        settings = _settings(tmp_path, server.url, "council")
        ModelDoor(settings, pseudonymiser=Careful(), people=PEOPLE).ask(ASK, schema=schema)
    sent = server.received[0]["response_format"]["json_schema"]["schema"]
    assert "Ashgrove" not in server.received_text()
    assert sent["properties"]["type"] == {"type": "string", "enum": ["<PERSON_1>", "worker"]}
    assert sent["required"] == ["type"]


@pytest.mark.parametrize(
    ("pseudonymiser", "code"),
    [
        (None, "no_pseudonymiser"),
        (Careful(miss=True), "leak"),  # it found nothing; the door's own look does
        (Careful(leaks=("NHS_NUMBER",)), "leak"),  # it says itself that something is left
        (Careful(spoil=True), "leak"),  # the parts do not come back whole
    ],
)
def test_when_a_name_could_leave_then_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pseudonymiser: Careful | None, code: str
) -> None:
    monkeypatch.setattr(PSEUDONYMISERS, "_items", {})
    events: list[DoorEvent] = []
    with chat_server() as server:
        settings = _settings(tmp_path, server.url, "council")
        door = ModelDoor(settings, pseudonymiser=pseudonymiser, people=PEOPLE, record=events.append)
        with pytest.raises(PolicyRefused) as caught:
            door.ask(ASK)
    assert caught.value.code == code
    assert server.received == []
    assert "Ashgrove" not in caught.value.message + caught.value.remedy
    assert [(e.outcome, e.chars_in, e.chars_out) for e in events] == [(code, 0, 0)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"zone": "outside", "allowed_zones": ("machine",)}, "zone_not_allowed"),
        ({"zone": "machine", "allowed_zones": ()}, "zone_not_allowed"),
        ({"zone": "machine", "url": "http://192.0.2.1:9/v1"}, "zone_mismatch"),
        ({"zone": "machine", "url": "http://model.example:9/v1"}, "zone_mismatch"),
    ],
)
def test_when_the_zone_is_not_right_then_the_door_refuses(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    values = {"url": "http://127.0.0.1:9/v1", **changes}
    with pytest.raises(PolicyRefused) as caught:
        ModelDoor(_settings(tmp_path, **values), pseudonymiser=Careful()).ask(ASK)
    assert caught.value.code == code


def test_when_no_chat_model_is_set_then_the_door_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingModel):
        ModelDoor(Settings(home=tmp_path)).ask(ASK)


@pytest.mark.parametrize("mode", ["hang", "drip"])
def test_when_the_server_hangs_or_drips_then_the_door_gives_up_in_time(tmp_path: Path, mode: str) -> None:
    with chat_server(mode=mode) as server:
        door = ModelDoor(_settings(tmp_path, server.url, chat_timeout_s=2.0))
        started = time.monotonic()
        with pytest.raises(ServiceUnavailable) as caught:
            door.ask(ASK)
        assert time.monotonic() - started < 4
    assert caught.value.code == "model_timeout"


@pytest.mark.parametrize("mode", ["error", "garbage"])
def test_when_the_server_fails_then_no_word_of_the_prompt_is_in_the_error_or_the_log(
    tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    with chat_server(mode=mode) as server, pytest.raises(ServiceUnavailable) as caught:
        ModelDoor(_settings(tmp_path, server.url)).ask(ASK)
    shown = [caught.value.message, caught.value.remedy, repr(caught.value), caplog.text, *capfd.readouterr()]
    assert "Ashgrove" not in "".join(shown)
    assert caught.value.__cause__ is None
    assert len(server.received) == 1, "one call: retrying is the person's decision"


def test_when_nothing_listens_then_the_service_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(ServiceUnavailable):
        ModelDoor(_settings(tmp_path, "http://127.0.0.1:9/v1")).ask(ASK)


def test_when_the_answer_is_empty_then_it_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    with chat_server(lambda _: "  ") as server, pytest.raises(ServiceUnavailable, match="nothing"):
        ModelDoor(_settings(tmp_path, server.url)).ask(ASK)


def test_when_the_server_redirects_then_the_text_does_not_follow(tmp_path: Path) -> None:
    with chat_server() as other, chat_server(mode="redirect", location=other.url) as server:
        with pytest.raises(ServiceUnavailable):
            ModelDoor(_settings(tmp_path, server.url)).ask(ASK)
        assert other.received == []


def test_when_a_proxy_is_in_the_environment_then_it_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_server() as proxy, chat_server(lambda _: "direct") as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        assert ModelDoor(_settings(tmp_path, server.url)).ask(ASK) == "direct"
        assert proxy.received == []


def test_when_tracing_is_on_in_the_environment_then_the_door_switches_it_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    with chat_server() as server:
        ModelDoor(_settings(tmp_path, server.url)).ask(ASK)
    assert os.environ["LANGSMITH_TRACING"] == "false"


def test_when_calls_are_made_then_each_is_one_audit_event_of_ids_and_figures(store: Settings) -> None:
    with chat_server() as server:
        settings = store.model_copy(update={"chat_url": server.url, "chat_model": "Toy Model/1.0"})
        door = ModelDoor(settings, record=audit_recorder(store, SYSTEM))
        door.ask(ASK)
    with pytest.raises(RaptError):
        ModelDoor(
            settings.model_copy(update={"chat_zone": "outside"}), record=audit_recorder(store, SYSTEM)
        ).ask(ASK)
    newest, first = [e for e in audit.events(store, SYSTEM) if e.action == "model_asked"]
    assert newest.detail["outcome"] == "zone_not_allowed"
    assert first.detail == {
        "zone": "machine", "model": "m_toy_model_1_0", "outcome": "answered",
        "chars_in": sum(len(m["content"]) for m in ASK), "chars_out": 4,
    }  # fmt: skip
    assert audit.verify(store).ok


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Mrs Ashgrove fell", "Wilhelmina Ashgrove", True),
        ("wilhelmina ashgrove fell", "Wilhelmina Ashgrove", True),
        ("Wilhelmina  \n Ashgrove", "Wilhelmina Ashgrove", True),
        ("<PERSON_1> fell", "Wilhelmina Ashgrove", False),
        ("Will she fall? She may.", "Will May", False),
        ("I saw will may today", "Will May", True),
        ("The ashgroves are trees", "Wilhelmina Ashgrove", False),
        ("Doctor <PERSON_1> came", "Doctor Patel", False),
    ],
)
def test_when_the_door_looks_for_known_names_then_it_sees_these(text: str, name: str, found: bool) -> None:
    assert known_name_in(text, [{"name": name, "role": "person"}]) is found
