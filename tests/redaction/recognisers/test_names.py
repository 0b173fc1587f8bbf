"""Names: titles, talk in small letters, spelling aloud, and the forms a known name takes."""

from __future__ import annotations

import pytest

from redaction.name_forms import other_forms
from redaction.nicknames import close, same_name
from redaction.people import PersonTable
from redaction.recognisers.name_cues import TITLE
from redaction.words import keep_terms, ordinary
from tests.redaction.recognisers.tables import covered, found

VALID = [
    ("titled_name", "police, PC 2217 Ranasinghe came", "2217 Ranasinghe"),
    ("titled_name", "DS Penhaligon (PPU)", "Penhaligon"),
    ("titled_name", "Sr. Immaculata Ezenwa, nurse", "Immaculata Ezenwa"),
    ("titled_name", "Nanny Jinx said so", "Nanny Jinx"),
    ("titled_name", "Child: STOCKDILL, Everleigh-Mae   DOB", "STOCKDILL, Everleigh-Mae"),
    ("titled_name", "Kind regards,\nB", "B"),
    ("titled_name", "Signed C A van der Heyden", "C A van der Heyden"),
    ("titled_name", "Mr & Mrs Whittle-Kaur came", "Whittle-Kaur"),
    ("named_in_talk", "a doctor tremlett in town", "tremlett"),
    ("named_in_talk", "this is a message for pat goodenough it's", "pat goodenough"),
    ("named_in_talk", "my brother's lad idris he's", "idris"),
    ("named_in_talk", "you're speaking to ngozi can i", "ngozi"),
    ("named_in_talk", "mr and mrs bhattarai at", "bhattarai"),
    ("spelled_name", "i'm ghazala that's g h a z a l a and", "g h a z a l a"),
    ("spelled_name", "fothergill f for freddie o t h e r g i double l", "f for freddie o t h e r g i double l"),
    ("spelled_name", "Sarpong, that's S, A, R, P, O, N, G.", "S, A, R, P, O, N, G"),
]

INVALID = [
    ("titled_name", "SOCIAL WORKER: Thank you for telling me"),
    ("titled_name", "Caller: I'd rather not"),
    ("titled_name", "Dear Sir or Madam,"),
    ("named_in_talk", "this is the second time and i'm very tired"),
    ("named_in_talk", "my mum is poorly and my dad walks"),
    ("spelled_name", "the g p and the n h s number"),
    ("spelled_name", "he has c o p d and a u t i"),
]


@pytest.mark.parametrize(("name", "text", "value"), VALID)
def test_when_a_name_is_introduced_then_all_of_it_is_hidden(name: str, text: str, value: str) -> None:
    assert covered(name, text, value)


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_when_nobody_is_named_then_nothing_is_hidden(name: str, text: str) -> None:
    assert found(name, text) == []


FORMS = [
    ("Kieron Aubrey", "calls him my Kie now", "Kie"),
    ("Rebecca Zawadzka", "Hi Bex, thanks", "Bex"),
    ("Kayleen Marsh", "Kaylene at the office", "Kaylene"),
    ("Florin Marku", "ring florins phone", "florins"),
    ("Nkechi Umeh", "Actions: NU – discussion", "NU"),
    ("Lacey-Jo Birkbeck", "interview for L-J on", "L-J"),
    ("Nerys Cole", "form unopened. N. says he won't", "N."),
    ("Kelechi Obiora", "(22:15) K: locked out", "K"),
]


@pytest.mark.parametrize(("known", "text", "form"), FORMS)
def test_when_a_known_name_takes_another_form_then_it_is_found_as_the_same_person(known: str, text: str, form: str) -> None:
    table = PersonTable([{"name": known}])
    hits = [text[h.start : h.end] for h in other_forms(text, table)]
    assert form in hits
    assert table.resolve(form) is table.people[0]


def test_when_a_word_is_ordinary_or_an_abbreviation_then_it_is_no_form_of_a_name() -> None:
    table = PersonTable([{"name": "Marigold Stokes"}, {"name": "Olu Tamar"}])
    assert list(other_forms("The OT and the GP read the MAR chart in March. She marched on.", table)) == []


def test_when_letters_differ_then_names_are_close_only_within_the_allowance() -> None:
    assert close("kaylene", "kayleen", 2) and close("prtherych", "prytherch", 2)
    assert not close("maria", "mario", 0) and not close("jean", "joan", 0)
    assert same_name("tash", "natasha", capital=False) and not same_name("ann", "joan", capital=True)


def test_when_a_word_is_a_form_of_an_ordinary_one_then_it_is_ordinary_and_names_are_not() -> None:
    assert all(map(ordinary, ("walks", "walking", "walked", "boxes", "carers", "stories")))
    assert not any(map(ordinary, ("james", "carly", "kelly", "precilla", "ngozi", "jared")))


def test_when_the_kept_terms_are_read_then_no_title_or_common_first_name_is_among_them() -> None:
    singles = {term[0] for term in keep_terms() if len(term) == 1}
    assert not singles & {"grace", "rose", "kitty", "stella", "frank", "jack", "penny", "dawn"}
    assert "mr" in TITLE and len(keep_terms()) > 1500
