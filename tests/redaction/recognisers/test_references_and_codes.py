"""References, key codes and identifiers read aloud."""

from __future__ import annotations

import pytest

from tests.redaction.recognisers.tables import covered, found

VALID = [
    ("case_reference", "Existing badge no: E4KQ71 0 47X0327    Expired", "E4KQ71 0 47X0327"),
    ("case_reference", "| Hosp no | RVQ 448 2093 |", "RVQ 448 2093"),
    ("case_reference", "Meter no. S18 P 003 117 922.", "S18 P 003 117 922"),
    ("case_reference", "family court no. LS25F00418.", "LS25F00418"),
    ("case_reference", "ASC-C-2024-0772", "ASC-C-2024-0772"),
    ("case_reference", "log EDT-5590.", "EDT-5590"),
    ("case_reference", "CAD 2231 – cat 3", "2231"),
    ("case_reference", "Our ref: CAN/jl/H0449172", "CAN/jl/H0449172"),
    ("case_reference", "Council Tax account 60418822X", "60418822X"),
    ("case_reference", "HMP Wyreside, no. A4471EX", "A4471EX"),
    ("case_reference", "ref BTP 0291-16012025 with", "BTP 0291-16012025"),
    ("case_reference", "strike out P/883014 please", "P/883014"),
    ("case_reference", "HCPC reg. PYL031177", "PYL031177"),
    ("case_reference", "Occ no: 24*0419277", "24*0419277"),
    ("case_reference", "DBS certificate ..... (1) 001774209316", "001774209316"),
    ("spoken_forms", "my interpreter number is five five eight one.", "five five eight one"),
    ("spoken_forms", "s e n stroke two four stroke oh five five one seven", "s e n stroke two four stroke oh five five one seven"),
    ("spoken_forms", "the ref it's f s m dash nine nine oh two one you'll", "f s m dash nine nine oh two one"),
    ("spoken_forms", "Speaker 2: P L, nine one, double four, oh six, A for apple.", "P L, nine one, double four, oh six, A for apple"),
    ("spoken_forms", "east garside b d four seven q w b for bravo", "b d four seven q w"),
    ("spoken_forms", "the car registration\n\np t y nine one three x x for x ray", "p t y nine one three x"),
    ("spoken_forms", "my learner number, six one oh four eight two nine three seven five", "six one oh four eight two nine three seven five"),
    ("spoken_forms", "the key safe number it says two two nine five and", "two two nine five"),
    ("spoken_forms", "Sierra Foxtrot one-six, Zulu Lima Papa.", "Sierra Foxtrot one-six, Zulu Lima Papa"),
    ("key_code", "Key safe code changed – now C4817Y, on the wall", "C4817Y"),
    ("key_code", "Door code (7788#) learned", "7788#"),
    ("key_code", "school password changed to Bumblebee9.", "Bumblebee9"),
    ("key_code", "entry by back stair; buzzer 7B", "7B"),
    ("username", "bundle sent to user hgnkosi_82.", "hgnkosi_82"),
    ("key_code", "House door 0 8 2 1, do not tell", "0 8 2 1"),
    ("key_code", "Gate C1958Y.", "C1958Y"),
    ("case_reference", "1102/21FEB", "1102/21FEB"),
    ("case_reference", "moved, A8820FK now", "A8820FK"),
    ("email", "oksana dot h r y c y k at freemail dot co dot uk all one word", "oksana dot h r y c y k at freemail dot co dot uk"),
    ("email", "is it still kj underscore pikey eight nine at outlook dot com", "kj underscore pikey eight nine at outlook dot com"),
]  # fmt: skip

INVALID = [
    ("case_reference", "form COP3 under section 117 and KS2"),
    ("case_reference", "no. 6 on the list, 3 falls, 1500ml"),
    ("case_reference", "COVID-19 in 2021"),
    ("case_reference", "date 12/05/2024"),
    ("case_reference", "Warrant: s.135(1) No"),
    ("username", "<PERSON_9> asked for windows10 and a log_book.docx"),
    ("key_code", "the key safe was fitted in 2019"),
    ("key_code", "she rang at 1430 about lunch"),
    ("spoken_forms", "one hundred and fifty three pounds a week"),
    ("spoken_forms", "acuity R 6/24, L 6/60 today"),
    ("email", "meet at the shop by the dot"),
]


@pytest.mark.parametrize(("name", "text", "value"), VALID)
def test_when_a_reference_is_written_or_read_aloud_then_all_of_it_is_hidden(name: str, text: str, value: str) -> None:
    assert covered(name, text, value)


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_when_it_only_has_figures_in_it_then_it_stays(name: str, text: str) -> None:
    assert found(name, text) == []
