"""The second look: it must fire when the first one is broken on purpose, and say no value."""

from __future__ import annotations

import pytest

from core.errors import PolicyRefused
from core.settings import Settings
from redaction.codes import LeakFound
from redaction.leak import leaks
from redaction.model import Placed, Vault
from redaction.redactor import Redactor, finished
from tests.redaction.conftest import MODELS

BROKEN = [
    ("nhs_number", "NHS number 943 476 5919.", "NHS_NUMBER", "943 476 5919"),
    ("card", "paid with 4111 1111 1111 1111 today", "CARD", "4111 1111 1111 1111"),
    ("nino", "her number AB 12 34 56 C is right", "NINO", "AB 12 34 56 C"),
    ("postcode", "lives in ZZ4 2QX now", "POSTCODE", "ZZ4 2QX"),
    ("email", "write to d.hale@example.org please", "EMAIL", "d.hale@example.org"),
    (
        "spoken_forms",
        "nhs number nine four three four seven six five nine one nine",
        "NHS_NUMBER",
        "nine four three",
    ),
]


@pytest.mark.parametrize(("off", "text", "kind", "value"), BROKEN)
def test_when_a_recogniser_is_off_then_the_leak_test_stops_the_output_and_tells_no_value(
    off: str, text: str, kind: str, value: str
) -> None:
    blind = Redactor(
        Settings(models_dir=MODELS), frozenset({off, "own_tagger", "phone", "long_number", "case_reference", "chi_number"})
    )
    with pytest.raises(PolicyRefused) as stopped:
        finished(blind.draft("First line.\n" + text))
    error = stopped.value
    assert isinstance(error, LeakFound) and error.exit_code == 3
    assert kind in error.types
    said = " ".join([error.message, error.remedy, *(f.message for f in error.findings)])
    assert value not in said and "line 2" in said


def test_when_every_recogniser_is_on_then_the_same_texts_pass(rules_only: Redactor) -> None:
    for _, text, _, value in BROKEN:
        assert value not in finished(rules_only.draft(text)).text


@pytest.mark.parametrize("left", ["Okonkwo", "okonkwo", "SIOBHAN", "Siobhán", "Siobhan's", "Okon\u00adkwo"])
def test_when_a_person_of_the_case_is_left_then_it_is_a_leak(left: str) -> None:
    found = leaks(f"We met {left} again.", Vault(), [{"name": "Mrs Siobhan Okonkwo", "role": "mother"}])
    assert [leak.type for leak in found] == ["PERSON"]


@pytest.mark.parametrize(
    "text", ["it will be so in May", "on 3 May", "<PERSON_1> may come", "the mother and the nurse"]
)
def test_when_a_name_is_only_a_word_there_then_it_is_no_leak(text: str) -> None:
    people = [{"name": "Will May", "role": ""}, {"name": "Nurse Joy", "role": ""}]
    assert leaks(text, Vault(values={"<PERSON_1>": "Will"}), people) == ()


def test_when_a_replaced_value_stands_elsewhere_too_then_it_is_a_leak() -> None:
    vault = Vault(
        values={"<PERSON_1>": "Dewi Hale", "<CASE_REFERENCE_1>": "44719021"},
        placed=(Placed(0, "<PERSON_1>", "Dewi Hale"), Placed(20, "<CASE_REFERENCE_1>", "44719021")),
    )
    found = leaks("<PERSON_1> <CASE_REFERENCE_1> dewi  hale 4471 9021", vault, ())
    assert sorted(leak.type for leak in found) == ["CASE_REFERENCE", "PERSON"]
    assert leaks("<PERSON_1> <CASE_REFERENCE_1>", vault, ()) == ()
