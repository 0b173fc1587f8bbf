"""Addresses and places of care."""

from __future__ import annotations

import pytest

from tests.redaction.recognisers.tables import covered, found

VALID = [
    ("street_address", "at Pitch 7, Osier Bank caravan site, Drovers Lane", "Pitch 7, Osier Bank caravan site, Drovers Lane"),
    ("street_address", "bungalow, no. 9 up Cinder Lane.", "no. 9 up Cinder Lane"),
    ("street_address", "Neighbour at no 18 (Mr Kettle)", "no 18"),
    ("street_address", "We're at The Auld Manse, Kirkgate and", "The Auld Manse, Kirkgate"),
    ("street_address", "narrowboat 'Second Wind', below Lock 14, Aston Cut", "'Second Wind', below Lock 14, Aston Cut"),
    ("street_address", "my adress 40 b brickfeild rd over", "40 b brickfeild rd"),
    ("street_address", "dad is in HMP Wyreside", "HMP Wyreside"),
    ("address_block", "Flat 61, Attlee Point, Canal Rd,   ZZ40 5BQ", "Flat 61, Attlee Point, Canal Rd"),
    ("address_block", "118 Old Ropewalk\nSandhithe\nZZ30 6BX", "118 Old Ropewalk"),
    ("address_block", 'Address: "Wherry Rest", mooring 12, Brough Staithe    Postcode:', '"Wherry Rest", mooring 12, Brough Staithe'),
    ("address_said", "the address is forty one b sorrel street that's", "forty one b sorrel street"),
    ("address_said", "lives up at twenty two pickaxe row in", "twenty two pickaxe row"),
    ("address_said", "it's flat four tannery court and", "flat four tannery court"),
    ("address_said", "walked out onto station road and", "station road"),
    ("address_said", "first line of the address\n\nthree the hemmel that's", "three the hemmel"),
    ("place_of_care", "School: Kirk Lane Primary. Attendance", "Kirk Lane Primary"),
    ("place_of_care", "at Ysgol y Garn where", "Ysgol y Garn"),
    ("place_of_care", "at the Foxglove Child Development Centre on", "Foxglove Child Development Centre"),
    ("place_of_care", "he was in saint oswin's and", "saint oswin's"),
    ("place_of_care", "from the tanhouse clinic", "tanhouse clinic"),
]  # fmt: skip

INVALID = [
    ("street_address", "Flat cold; room for two in the close family"),
    ("street_address", "scored 12 of 20 in the park"),
    ("address_said", "two or three of the family in the house"),
    ("address_said", "they went down the road and up the street"),
    ("address_block", "Address: not known"),
    ("place_of_care", "the Virtual School and Special School places"),
    ("place_of_care", "she went to school and to the surgery"),
]


@pytest.mark.parametrize(("name", "text", "value"), VALID)
def test_when_a_place_is_written_or_said_then_all_of_it_is_hidden(name: str, text: str, value: str) -> None:
    assert covered(name, text, value)


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_when_no_place_is_named_then_nothing_is_hidden(name: str, text: str) -> None:
    assert found(name, text) == []
