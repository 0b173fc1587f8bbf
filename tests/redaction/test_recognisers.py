"""Each recogniser's table is its specification: what it finds, and what it must leave alone."""

from __future__ import annotations

import random

import pytest

from core.settings import Settings
from redaction.recognisers import FURTHER, MODELS, TABLE, build
from redaction.recognisers.base import UkRecogniser
from redaction.recognisers.digits import luhn_valid, nhs_valid
from tests.redaction.conftest import MODELS as FOLDER

THRESHOLD = 0.4
_made: dict[str, UkRecogniser] = {}


def _recogniser(name: str) -> UkRecogniser:
    if not _made:
        _made.update(build(Settings(models_dir=FOLDER, recognisers_on=tuple(sorted(FURTHER)))))
    return _made[name]


def _found(name: str, text: str) -> list[str]:
    hits = [h for h in _recogniser(name).analyze(text) if h.score >= THRESHOLD]
    return [text[h.start : h.end] for h in sorted(hits, key=lambda h: h.start)]


VALID = [
    ("chi_number", "CHI 140238 0461", "140238 0461"),
    ("chi_number", "her CHI number is 1402380462 (mistyped)", "1402380462"),
    ("nhs_number", "NHS/CHI 943-476-5919", "943-476-5919"),
    ("nino", "N.I. no. AB.12.34.56.C", "AB.12.34.56.C"),
    ("phone", "Tel 01632 960417 ext 233", "01632 960417 ext 233"),
    ("phone", "mob +44 (0)7700 900 581", "+44 (0)7700 900 581"),
    ("phone", "0 7 7 0 0 9 0 0 5 2 2", "0 7 7 0 0 9 0 0 5 2 2"),
    ("phone", "her number 07700 9OO 772", "07700 9OO 772"),
    ("phone", "his no. is 0032 470 00 09 12", "0032 470 00 09 12"),
    ("phone", "Phone after six: Little Haddock 960 231.", "Little Haddock 960 231"),
    ("phone", "Role DSL   Ext. 4471", "4471"),
    ("uln", "her learner number 1028 447 316", "1028 447 316"),
    ("uprn", "UPRN 0000 2884 1190", "0000 2884 1190"),
    ("passport", "passport FN338817 in the tin", "FN338817"),
    ("passport", "passport 533 018 442", "533 018 442"),
    ("driving_licence", "licence INCHB 702146 L99QK", "INCHB 702146 L99QK"),
    ("sort_code", "from 09-01-29 41770263 each month", "09-01-29"),
    ("bank_account", "from 09-01-29 41770263 each month", "41770263"),
    ("sort_code", "41770263, 09 01 29", "09 01 29"),
    ("bank_account", "a/c 2 0 9 9 4 1 8 7", "2 0 9 9 4 1 8 7"),
    ("card", "last four digits of the card 0417", "0417"),
    ("vehicle_registration", "the Morris (PPE 911M) is on bricks", "PPE 911M"),
    ("vehicle_registration", "an old Land Rover Q771 NEG", "Q771 NEG"),
    ("vehicle_registration", "reg no. RKV 7", "RKV 7"),
    ("vehicle_description", "he drives a silver Astra with a dent in the door", "a silver Astra with a dent in the door"),
    ("vehicle_description", "she came in the grey Berlingo", "the grey Berlingo"),
    ("username", "his login remains dhale14", "dhale14"),
    ("username", "User ID: crowboth    Machine: laptop", "crowboth"),
    ("username", "attached Okonkwo_T_PSP_v4.docx", "Okonkwo_T"),
    ("url", "see brightwater.example/leo-swims today", "brightwater.example/leo-swims"),
    ("url", "https://portal.shire.gov.uk/case/9f3-1140?tok=wz77", "https://portal.shire.gov.uk/case/9f3-1140?tok=wz77"),
    ("nhs_number", "NHS number 943 476 5919", "943 476 5919"),
    ("nhs_number", "NHS no: 9434765919", "9434765919"),
    ("nhs_number", "she gave 943 476 5919 at the desk", "943 476 5919"),
    ("nhs_number", "NHS Number: 943 476 5918 (mistyped)", "943 476 5918"),
    ("nino", "NINO AB123456C", "AB123456C"),
    ("nino", "her number is AB 12 34 56 C", "AB 12 34 56 C"),
    ("nino", "national insurance qq 12 34 56 c", "qq 12 34 56 c"),
    ("postcode", "lives in ZZ4 2QX now", "ZZ4 2QX"),
    ("postcode", "SW1A1AA", "SW1A1AA"),
    ("postcode", "postcode is m1 1ae", "m1 1ae"),
    ("phone", "ring 07700 900123", "07700 900123"),
    ("phone", "01632 960 101", "01632 960 101"),
    ("phone", "+44 7700 900123 or so", "+44 7700 900123"),
    ("phone", "(01632) 960101", "(01632) 960101"),
    ("phone", "call the daughter on 960101", "960101"),
    ("email", "d.hale@example.org.", "d.hale@example.org"),
    ("email", "it's dewi dot hale at example dot org", "dewi dot hale at example dot org"),
    ("dob", "DOB: 12/05/1948", "12/05/1948"),
    ("dob", "born on 12 May 1948", "12 May 1948"),
    ("dob", "date of birth the twelfth of May nineteen forty-eight", "the twelfth of May nineteen forty-eight"),
    ("date", "seen on 3rd March 2026", "3rd March 2026"),
    ("date", "on 2026-03-03 she", "2026-03-03"),
    ("date", "since March 2024", "March 2024"),
    ("date", "on the first of May. Then", "the first of May"),
    ("date", "by 3 Sept. 2026", "3 Sept. 2026"),
    ("age", "an 84-year-old man", "84-year-old"),
    ("age", "she is eighty-four years old", "eighty-four years old"),
    ("street_address", "at 14 Larkspur Close, Thornwick", "14 Larkspur Close"),
    ("street_address", "Flat 3, 22 Old Mill Lane", "Flat 3, 22 Old Mill Lane"),
    ("street_address", "i live at 14 larkspur close", "14 larkspur close"),
    ("sort_code", "sort code 20-00-00", "20-00-00"),
    ("bank_account", "account number 31926819", "31926819"),
    ("iban", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
    ("card", "4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("vehicle_registration", "a silver AB12 CDE outside", "AB12 CDE"),
    ("vehicle_registration", "his car is P123 ABC", "P123 ABC"),
    ("case_reference", "Mosaic ID: 4471902", "4471902"),
    ("case_reference", "Our ref: ASC/2026/0042", "ASC/2026/0042"),
    ("uprn", "UPRN 100023336956", "100023336956"),
    ("upn", "the pupil B801200001001", "B801200001001"),
    ("uln", "ULN 1234567890", "1234567890"),
    ("passport", "passport no 925665416", "925665416"),
    ("driving_licence", "MORGA657054SM9IJ", "MORGA657054SM9IJ"),
    ("utr", "UTR 12345 67890", "12345 67890"),
    ("url", "see https://social.example/dewi.hale.", "https://social.example/dewi.hale"),
    ("ip_address", "from 192.0.2.44", "192.0.2.44"),
    ("ip_address", "from 2001:db8::1 today", "2001:db8::1"),
    ("place_of_care", "goes to St Cuthbert's Primary School", "St Cuthbert's Primary School"),
    ("place_of_care", "at Thornwick Surgery today", "Thornwick Surgery"),
    ("titled_name", "Mrs Okonkwo-Hale's kitchen", "Okonkwo-Hale"),
    ("titled_name", "Social worker: Tunde Adesina", "Tunde Adesina"),
    ("titled_name", "Dear Quillon,", "Quillon"),
    ("named_in_talk", "then mrs attwater came", "attwater"),
    ("titled_name", "Mrs Hale's Attendance Allowance", "Hale"),
    ("spoken_forms", "nhs number nine four three four seven six five nine one nine", "nine four three four "
            "seven "
            "six "
            "five "
            "nine "
            "one "
            "nine"),
    ("spoken_forms", "my mobile is oh seven seven double oh nine hundred one two three", "oh seven seven "
            "double oh "
            "nine "
            "hundred "
            "one "
            "two "
            "three"),
    ("spoken_forms", "postcode is Z Z four, two Q X", "Z Z four, two Q X"),
    ("spoken_forms", "it's seven seven four two nine oh three one", "seven seven four two "
            "nine oh three one"),
    ("own_tagger", "T/C to Zdenka, who will ring the surgery.", "Zdenka"),
    ("spacy_names", "Yesterday Margaret Thompson left.", "Margaret Thompson"),
    ("rampart", "my name is siobhan okonkwo and", "siobhan okonkwo"),
]  # fmt: skip

INVALID = [
    ("nhs_number", "NHS number 1111111111"),
    ("nhs_number", "order number 9434765919"),
    ("nhs_number", "page 9434765919 of the wiki"),
    ("nhs_number", "tel 01632 960101"),
    ("nino", "flight BA123456"),
    ("postcode", "take B12 5mg daily"),
    ("postcode", "form CC3A and room B12"),
    ("phone", "in 2014 and 2015"),
    ("phone", "order 12345678901"),
    ("phone", "0000000000"),
    ("email", "meet at noon, not @home"),
    ("email", "she is at the shop dot the i"),
    ("dob", "born in a hospital"),
    ("date", "in March she may walk"),
    ("date", "the Care Act 2014"),
    ("date", "ratio 3/4 and 12/30/45 pages"),
    ("age", "people aged 65 and over"),
    ("street_address", "in 14 days he was close"),
    ("street_address", "the end of the road"),
    ("sort_code", "room 20-00-00"),
    ("bank_account", "31926819 pounds"),
    ("iban", "GB82 WEST 1234 5698 7654 33"),
    ("card", "4111 1111 1111 1112"),
    ("vehicle_registration", "took BP12 and ate"),
    ("case_reference", "in any case she came"),
    ("uprn", "100023336956"),
    ("upn", "B801200001002"),
    ("uln", "1234567890"),
    ("passport", "925665416"),
    ("utr", "12345 67890"),
    ("url", "https://www.gov.uk/blue-badge"),
    ("ip_address", "999.1.2.3"),
    ("place_of_care", "at the surgery and the school"),
    ("titled_name", "I'm very tired, miss her"),
    ("titled_name", "Mr and Mrs"),
    ("spoken_forms", "one or two of the three"),
    ("spoken_forms", "she had two falls and one bruise"),
]


@pytest.mark.parametrize(("name", "text", "value"), VALID)
def test_when_the_text_holds_one_then_exactly_it_is_found(name: str, text: str, value: str) -> None:
    assert value in _found(name, text)


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_when_the_text_only_looks_like_one_then_nothing_is_found(name: str, text: str) -> None:
    assert _found(name, text) == []


def test_when_a_recogniser_is_in_the_table_then_it_has_a_row_above_and_finds_its_own_sample() -> None:
    elsewhere = {"long_number", "key_code", "address_block", "address_said", "spelled_name"}  # tables in recognisers/
    assert {name for name, _, _ in VALID} | elsewhere == set(TABLE)
    for name in TABLE:
        assert _recogniser(name).analyze(_recogniser(name).EXAMPLE), name
    assert set(MODELS) <= set(TABLE)


def test_when_ten_digit_numbers_are_random_then_none_is_taken_for_an_nhs_number() -> None:
    draw = random.Random(3)
    numbers = [f"{draw.randrange(10**9, 10**10)}" for _ in range(2000)]
    passing = [n for n in numbers if nhs_valid(n)]
    assert 120 < len(passing) < 250  # about nine in a hundred have a right check digit
    text = "\n".join(f"The parcel with {n} came." for n in numbers)
    assert _found("nhs_number", text) == []


def test_when_one_digit_of_a_checked_number_changes_then_the_check_fails() -> None:
    for number, valid in (("9434765919", nhs_valid), ("4111111111111111", luhn_valid)):
        assert valid(number)
        for index, digit in enumerate(number):
            changed = number[:index] + str((int(digit) + 1) % 10) + number[index + 1 :]
            assert not valid(changed)
