"""Dates of birth, calendar dates and ages, as social workers write and say them."""

from __future__ import annotations

import pytest

from tests.redaction.recognisers.tables import covered, found

VALID = [
    ("dob", "D.O.B.: 30|06|1947  Sex: M", "30|06|1947"),
    ("dob", "born 24.5.2016, at home", "24.5.2016"),
    ("dob", "DoB   30 / 09 / 2018", "30 / 09 / 2018"),
    ("dob", "d.o.b. 09-Apr-1938", "09-Apr-1938"),
    ("dob", "Name b. 8/8/11, opened", "8/8/11"),
    ("dob", "born 13 junho 1963", "13 junho 1963"),
    ("dob", "date of birth is um the ninth of march nineteen ninety eight", "the ninth of march nineteen ninety eight"),
    ("dob", "His date of birth?\nCALLER: Ninth of the eleventh, thirty-eight.", "Ninth of the eleventh, thirty-eight"),
    ("spoken_forms", "can i take your date of birth\n\nseven eleven thirty nine", "seven eleven thirty nine"),
    ("date", "EDD 10th April", "10th April"),
    ("date", "Date 3-6-24", "3-6-24"),
    ("date", "seen 2015 Dec 4 again", "2015 Dec 4"),
    ("date", "review 8-IV-2025", "8-IV-2025"),
    ("date", "14/07 T/C from the school", "14/07"),
    ("date", "order granted 21/11.", "21/11"),
    ("date", "moved on 6/1 to", "6/1"),
    ("date", "Sun 18th, log", "Sun 18th"),
    ("date", "came on the 9th, the police", "the 9th"),
    ("date", "until the twenty fourth and it's", "twenty fourth"),
    ("date", "today the fourth of february twenty twenty five to", "fourth of february twenty twenty five"),
    ("date", "hid on 10 and 17 Jan.", "10 and 17 Jan"),
    ("date", "on Boxing Day.", "Boxing Day"),
    ("date", "Nos Sul, 9 Mehefin 2024", "9 Mehefin 2024"),
    ("date", "Date: 2026-01-19T08:07", "2026-01-19"),
    ("date", "Mon 3. BO x1", "Mon 3"),
    ("age", "he's now 13. Would", "13"),
    ("age", "faridoon he's seventy three and", "seventy three"),
    ("age", "Martin-Joe (9) & Bernadette", "9"),
    ("age", "Mabli is his sister, 12. He", "12"),
    ("age", "C.A. at assessment: 5 years 4 months", "5 years 4 months"),
    ("age", "Luka (rising 3) is", "rising 3"),
    ("age", "He is in his eighties, alone", "in his eighties"),
    ("age", "assmt for Leroy, mid-50s.", "mid-50s"),
    ("age", "I first met him (8;07) at", "8;07"),
    ("age", "S  79F, Mrs", "79F"),
    ("age", "Alfie BIRKBECK (22 mths)", "22 mths"),
    ("age", "How old are you now?\nBOY: Thirteen.", "Thirteen"),
    ("age", "ulrich is sixty three he's", "sixty three"),
    ("age", "she is 3½. I last", "3½"),
]  # fmt: skip

INVALID = [
    ("date", "Barthel 9/20 and MoCA 24/30"),
    ("date", "pain 8/10, open 24/7"),
    ("date", "visits on Monday and in March"),
    ("date", "at the 2nd percentile, the 3rd time"),
    ("date", "four since october"),
    ("date", "BP 138/74"),
    ("dob", "born at home in a hurry"),
    ("age", "it's 6 till 10 and there's two of them"),
    ("age", "she's fifty-one kilos"),
    ("age", "Item (2) and Applicant (1): name"),
    ("age", "he is 2 hourly turned"),
    ("age", "I'm three mornings at the shop"),
    ("age", "Reading age 6:04, spelling age 5:11"),
    ("age", "His ACE-III was 58."),
]


@pytest.mark.parametrize(("name", "text", "value"), VALID)
def test_when_a_date_or_age_is_written_or_said_then_all_of_it_is_hidden(name: str, text: str, value: str) -> None:
    assert covered(name, text, value)


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_when_it_is_a_score_a_measure_or_a_habit_then_it_stays(name: str, text: str) -> None:
    assert found(name, text) == []
