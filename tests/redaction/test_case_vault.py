"""The vault of a case: one token for one person in all documents, sealed, erased, and opened with a line in the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import audit, clock, retention
from core.access import PERMISSIONS, SYSTEM, Action, Role, User
from core.cases import Case, Person, create_case, set_people
from core.consent import ConsentForm, Told, record_consent
from core.db import reading
from core.errors import AccessDenied, BadInput, ConsentMissing, PolicyRefused, ServiceUnavailable, UsageError
from core.redactions import NewRedaction, StaleVault, list_redactions, read_vault, save_redaction
from core.retention import Periods
from core.settings import Settings
from core.tables import CaseVaultRow
from core.users import get_user, save_user
from core.withdrawal import withdraw
from redaction import LeakFound, restore
from redaction.case_vault import CaseRedactor, StoredRedaction, in_case, redact_for_case, restore_for_case
from redaction.memory import Memory
from redaction.policy import policy
from redaction.recognisers import TABLE
from redaction.redactor import Redactor
from tests.redaction.conftest import MODELS

TAGGERS = ("spacy_names", "rampart", "own_tagger")
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PEOPLE = (Person("Ann Lee", "person"), Person("Siobhan Okonkwo", "worker"), Person("Dewi Hale", "family"))
NOTE = "Mrs Okonkwo saw Ann. Mr Zephaniah rang 07700 900123 about AN-0077.\r\n"
LETTER = "Dear Mr Zephaniah, ANN LEE asks you to write to t.quill@example.org, not to ring 07700900123."
MINUTES = "Present: Dewi Hale, Ann Lee. Mrs Brackenbury sent word to t.quill@example.org."


@pytest.fixture
def rules(store: Settings) -> Settings:
    """The store, with the rules alone."""
    return store.model_copy(update={"models_dir": MODELS, "recognisers_off": TAGGERS})


@pytest.fixture
def user(practitioner: User) -> User:
    return practitioner


@pytest.fixture
def case(rules: Settings, user: User) -> Case:
    return _case(rules, user, "AN-0077")


def _case(rules: Settings, user: User, reference: str, people: Sequence[Person] = PEOPLE) -> Case:
    made = create_case(rules, user, reference=reference, title="visit", people=people)
    _consent(rules, user, made)
    return made


def _consent(rules: Settings, user: User, case: Case) -> None:
    form = ConsentForm("agreed", "spoken", "2026-01", "public_task", (Told("Ann Lee", "person"),), "has")
    record_consent(rules, user, case.id, form)


def _tokens(text: str, done: StoredRedaction) -> dict[str, str]:
    return {_untitled(text[e.start : e.end]): e.token for e in done.entities}


def _untitled(text: str) -> str:
    """Without titles: whether they are part of a name or stand before it is not what is tested here."""
    return re.sub(r"\b(?:Mr|Mrs) ", "", text)


# the same token ----------------------------------------------------------------------------------


def test_when_three_documents_are_redacted_then_one_person_and_one_value_keep_one_token(
    rules: Settings, user: User, case: Case
) -> None:
    first, second, third = (redact_for_case(rules, user, case.id, t) for t in (NOTE, LETTER, MINUTES))
    note, letter, minutes = _tokens(NOTE, first), _tokens(LETTER, second), _tokens(MINUTES, third)
    assert note["Ann"] == letter["ANN LEE"] == minutes["Ann Lee"] == "<PERSON_1 (person)>"
    assert note["Okonkwo"] == "<PERSON_2 (worker)>" and minutes["Dewi Hale"] == "<PERSON_3 (family)>"
    assert note["Zephaniah"] == letter["Zephaniah"] == "<PERSON_4>"
    assert minutes["Brackenbury"] == "<PERSON_5>"
    assert note["07700 900123"] == letter["07700900123"] == "<PHONE_1>"
    assert letter["t.quill@example.org"] == minutes["t.quill@example.org"] == "<EMAIL_1>"
    assert note["AN-0077"] == "<CASE_REFERENCE_1>"


def test_when_the_documents_come_in_another_order_then_numbers_once_given_never_change(
    rules: Settings, user: User, case: Case
) -> None:
    before = _tokens(MINUTES, redact_for_case(rules, user, case.id, MINUTES))
    set_people(rules, user, case.id, (Person("Mara Hale", "carer"), *PEOPLE))
    redact_for_case(rules, user, case.id, NOTE)
    after = _tokens(MINUTES, redact_for_case(rules, user, case.id, MINUTES))
    assert after == before
    mara = redact_for_case(rules, user, case.id, "Mara Hale came.")
    assert mara.text == "<PERSON_5 (carer)> came."  # 4: Mrs Brackenbury; then Mara, then Mr Zephaniah


def test_when_somebody_found_is_later_put_on_the_case_then_the_number_stays_and_the_role_comes(
    rules: Settings, user: User, case: Case
) -> None:
    assert "<PERSON_4>" in redact_for_case(rules, user, case.id, NOTE).text
    set_people(rules, user, case.id, (*PEOPLE, Person("Obadiah Zephaniah", "carer")))
    done = redact_for_case(rules, user, case.id, "Obadiah Zephaniah came; Mr Zephaniah left.")
    assert _untitled(done.text) == "<PERSON_4 (carer)> came; <PERSON_4 (carer)> left."


def test_when_a_full_name_follows_in_a_later_document_then_it_is_the_same_person(
    rules: Settings, user: User, case: Case
) -> None:
    redact_for_case(rules, user, case.id, NOTE)
    done = redact_for_case(rules, user, case.id, "Mr Obadiah Zephaniah came; Zephaniah left.")
    assert _untitled(done.text) == "<PERSON_4> came; <PERSON_4> left."


def test_when_two_fit_an_earlier_name_then_nobody_is_taken_for_them(rules: Settings, user: User, case: Case) -> None:
    redact_for_case(rules, user, case.id, NOTE)
    done = redact_for_case(rules, user, case.id, "Mr Obadiah Zephaniah came with Mrs Wilhelmina Zephaniah.")
    tokens = _tokens("Mr Obadiah Zephaniah came with Mrs Wilhelmina Zephaniah.", done)
    assert len(set(tokens.values())) == 2 and "<PERSON_4>" not in tokens.values()


def test_when_a_value_was_found_in_one_document_then_it_is_found_in_the_next_without_its_context(
    rules: Settings, user: User, case: Case
) -> None:
    redact_for_case(rules, user, case.id, "Mr Zephaniah lives at 14 Larkspur Close.")
    done = redact_for_case(rules, user, case.id, "At larkspur gate zephaniah waited. 14 LARKSPUR CLOSE again.")
    assert "zephaniah" not in done.text and "LARKSPUR CLOSE" not in done.text


def test_when_there_are_two_cases_then_neither_knows_the_other(rules: Settings, user: User, case: Case) -> None:
    redact_for_case(rules, user, case.id, NOTE)
    other = _case(rules, user, "AN-0078", ())
    assert _untitled(redact_for_case(rules, user, other.id, "Mr Zephaniah came.").text) == "<PERSON_1> came."
    with pytest.raises(PolicyRefused):
        restore_for_case(rules, user, _case(rules, user, "AN-0079").id, "<PERSON_1>")


def test_when_somebody_typed_a_token_of_the_case_then_it_never_becomes_a_name(
    rules: Settings, user: User, case: Case
) -> None:
    redact_for_case(rules, user, case.id, NOTE)
    text = "<PERSON_1> and PERSON_2 wrote to Ann Lee, <PERSON_9> and <PHONE_1>."
    done = redact_for_case(rules, user, case.id, text)
    assert done.text == "<TOKEN_1> and <TOKEN_2> wrote to <PERSON_1 (person)>, <PERSON_9> and <TOKEN_3>."
    assert restore_for_case(rules, user, case.id, done.text) == text
    answer = restore_for_case(rules, user, case.id, f"It says: {done.text}", done.id)
    assert answer == f"It says: {text}"
    everybody = [Person(f"Wilhelmina{chr(97 + n)} Quill{chr(97 + n)}", "carer") for n in range(9)]
    set_people(rules, user, case.id, (*PEOPLE, *everybody))
    later = redact_for_case(rules, user, case.id, ", ".join(one.name for one in everybody))
    assert "<PERSON_9" not in later.text and "<PERSON_10 " in later.text  # 9 stands for what somebody typed


# putting back ------------------------------------------------------------------------------------


def test_when_the_text_comes_back_as_it_was_then_the_original_does_to_the_last_character(
    rules: Settings, user: User, case: Case
) -> None:
    done = [(text, redact_for_case(rules, user, case.id, text)) for text in (NOTE, LETTER, MINUTES)]
    for text, one in done:
        assert restore_for_case(rules, user, case.id, one.text) == text
        assert restore_for_case(rules, user, case.reference, one.text, one.id) == text


def test_when_a_model_answers_then_each_token_becomes_the_fullest_form_of_its_own_document(
    rules: Settings, user: User, case: Case
) -> None:
    first = redact_for_case(rules, user, case.id, "Ann Lee came.")
    redact_for_case(rules, user, case.id, "Mr Zephaniah met Ann.")
    assert restore_for_case(rules, user, case.id, "PERSON_1, <PERSON_4> and <PERSON_77>").replace("Mr ", "") == (
        "Ann Lee, Zephaniah and <PERSON_77>"
    )
    assert restore_for_case(rules, user, case.id, "so <PERSON_1> says", first.id) == "so Ann Lee says"


def test_when_two_originals_give_one_text_then_the_id_says_which(rules: Settings, user: User, case: Case) -> None:
    first = redact_for_case(rules, user, case.id, "So Ann came.")
    second = redact_for_case(rules, user, case.id, "So ANN LEE came.")
    assert first.text == second.text
    assert restore_for_case(rules, user, case.id, first.text) == "So ANN LEE came."
    assert restore_for_case(rules, user, case.id, first.text, first.id) == "So Ann came."


def test_when_the_redaction_is_of_another_case_then_it_is_not_there(rules: Settings, user: User, case: Case) -> None:
    other = _case(rules, user, "AN-0078")
    done = redact_for_case(rules, user, case.id, NOTE)
    redact_for_case(rules, user, other.id, "Ann Lee came.")
    for wrong in (done.id, "redaction-000000000000", "' OR 1=1"):
        with pytest.raises(BadInput) as caught:
            restore_for_case(rules, user, other.id, done.text, wrong)
        assert caught.value.code == "no_such_redaction"


@pytest.mark.parametrize("user_id", ["practitioner2", "coe", "admin", "child_approver"])
def test_when_somebody_lacks_the_permission_or_the_team_then_no_name_comes_back_and_nothing_is_redacted(
    rules: Settings, user: User, case: Case, user_id: str
) -> None:
    done = redact_for_case(rules, user, case.id, NOTE)
    if user_id == "child_approver":
        save_user(rules, get_user(rules, "admin"), User(user_id, "x", frozenset({Role.APPROVER}), frozenset({"t"})))
    other, events = get_user(rules, user_id), audit.verify(rules).events
    with pytest.raises(AccessDenied):
        restore_for_case(rules, other, case.id, done.text)
    with pytest.raises(AccessDenied):
        redact_for_case(rules, other, case.id, NOTE)
    assert audit.verify(rules).events == events


def test_when_a_role_may_redact_but_not_restore_then_no_name_comes_back(
    rules: Settings, user: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = redact_for_case(rules, user, case.id, NOTE)
    monkeypatch.setitem(PERMISSIONS, Role.PRACTITIONER, PERMISSIONS[Role.PRACTITIONER] - {Action.RESTORE_NAMES})
    redact_for_case(rules, user, case.id, LETTER)
    with pytest.raises(AccessDenied):
        restore_for_case(rules, user, case.id, done.text)


def test_when_somebody_redacts_and_restores_then_the_ledger_has_counts_and_no_word(
    rules: Settings, user: User, approver: User, case: Case
) -> None:
    done = redact_for_case(rules, user, case.id, NOTE)
    restore_for_case(rules, approver, case.id, done.text)
    restore_for_case(rules, approver, case.id, "<PERSON_1> PERSON_4 <PERSON_99>")
    altered, exact, made = audit.events(rules, SYSTEM, limit=3)
    assert (made.action, made.actor, made.subject) == ("redaction_made", user.id, done.id)
    assert made.detail == {"person": 3, "phone": 1, "case_reference": 1}
    assert (exact.action, exact.actor, exact.subject, exact.detail) == (
        "redaction_restored", approver.id, done.id, {"tokens": 5},
    )  # fmt: skip
    assert (altered.subject, altered.detail) == (case.id, {"tokens": 2})
    assert audit.verify(rules).ok


# consent, leaks, irreversible policies -----------------------------------------------------------


def test_when_no_consent_stands_then_nothing_is_redacted_or_kept(rules: Settings, user: User) -> None:
    case = create_case(rules, user, reference="AN-1", title="x", people=PEOPLE)
    with pytest.raises(ConsentMissing) as caught:
        redact_for_case(rules, user, case.id, NOTE)
    assert caught.value.exit_code == 3 and list_redactions(rules, user, case.id) == ()


def test_when_something_leaks_then_neither_text_nor_vault_is_kept(
    rules: Settings, user: User, case: Case
) -> None:
    blind = rules.model_copy(update={"recognisers_off": tuple(sorted({*TABLE} - {"date"}))})
    before = read_vault(rules, user, case.id)
    with pytest.raises(LeakFound):
        redact_for_case(blind, user, case.id, "Ann Lee, NHS no. 943 476 5919")
    assert read_vault(rules, user, case.id) == before and list_redactions(rules, user, case.id) == ()


def test_when_a_policy_has_no_way_back_then_no_value_is_stored_and_no_number_of_it_means_anybody(
    rules: Settings, user: User, case: Case
) -> None:
    kept = redact_for_case(rules, user, case.id, NOTE)
    before = read_vault(rules, user, case.id)
    gone = redact_for_case(rules, user, case.id, f"{NOTE} See <PERSON_1>.", policy_name="publication")
    after = read_vault(rules, user, case.id)
    assert after.value == before.value and after.numbers["PERSON"] > before.numbers["PERSON"]
    assert not {e.token.split()[0].strip("<>") for e in gone.entities} & {
        e.token.split()[0].strip("<>") for e in kept.entities
    }
    assert "[token removed]" in gone.text and not gone.reversible
    for redaction_id in ("", gone.id):
        with pytest.raises(PolicyRefused) as caught:
            restore_for_case(rules, user, case.id, gone.text, redaction_id)
        assert caught.value.code == "no_way_back"
    assert restore_for_case(rules, user, case.id, gone.text + " ") == gone.text + " "
    later = redact_for_case(rules, user, case.id, "Mrs Brackenbury came.")
    assert not {e.token for e in later.entities} & {e.token for e in gone.entities}


def test_when_the_kernel_is_given_words_of_a_copy_without_a_way_back_then_it_refuses_them(
    rules: Settings, user: User, case: Case
) -> None:
    new = NewRedaction("t", "publication", False, {"placed": [[0, "x", "Ann"]]}, {}, {}, {})
    with pytest.raises(ValueError, match="no words"):
        save_redaction(rules, user, case.id, new, based_on=0)


def test_when_the_subject_gets_a_copy_then_the_case_says_who_that_is(rules: Settings, user: User, case: Case) -> None:
    redact_for_case(rules, user, case.id, LETTER)  # the vault knows Ann Lee by now: the copy may name her all the same
    text = "Ann Lee and Mrs Okonkwo spoke of Dewi Hale and Mr Zephaniah."
    done = redact_for_case(rules, user, case.id, text, policy_name="disclosure")
    assert _untitled(done.text) == "Ann Lee and Okonkwo spoke of <PERSON_3 (family)> and <PERSON_4>."
    assert restore_for_case(rules, user, case.id, done.text) == text


def test_when_the_policy_is_unknown_then_nothing_is_kept(rules: Settings, user: User, case: Case) -> None:
    with pytest.raises(UsageError):
        redact_for_case(rules, user, case.id, NOTE, policy_name="secret")
    assert list_redactions(rules, user, case.id) == ()


# at rest, erasure --------------------------------------------------------------------------------

WORDS = ("Ann", "Okonkwo", "Zephaniah", "07700", "900123", "AN-0077", "quill", "Brackenbury", "zephaniah")


def _all_bytes(rules: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in rules.home.rglob("*") if path.is_file())


def test_when_redactions_are_stored_then_no_name_or_value_lies_in_clear(
    rules: Settings, user: User, case: Case
) -> None:
    for text in (NOTE, LETTER, MINUTES):
        done = redact_for_case(rules, user, case.id, text)
        restore_for_case(rules, user, case.id, done.text)
    raw = _all_bytes(rules)
    assert b"redaction_made" in raw  # the store is what was read
    for word in WORDS:
        assert word.encode() not in raw and word.encode("utf-16-le") not in raw, word


def test_when_a_sealed_vault_is_copied_to_another_case_then_it_does_not_open(
    rules: Settings, user: User, case: Case
) -> None:
    from core.db import writing

    other = _case(rules, user, "AN-0078")
    redact_for_case(rules, user, case.id, NOTE)
    redact_for_case(rules, user, other.id, NOTE)
    with writing(rules) as session:
        session.get_one(CaseVaultRow, other.id).sealed = session.get_one(CaseVaultRow, case.id).sealed
    with pytest.raises(ServiceUnavailable) as caught:
        restore_for_case(rules, user, other.id, "<PERSON_1>")
    assert caught.value.code == "seal_broken"


def test_when_consent_is_withdrawn_then_redactions_and_vault_are_erased_and_numbers_are_never_reused(
    rules: Settings, user: User, case: Case
) -> None:
    done = redact_for_case(rules, user, case.id, NOTE)
    redact_for_case(rules, user, case.id, NOTE, policy_name="publication")
    assert dict(withdraw(rules, user, case.id).counts) == {"redaction": 2, "case_vault": 1}
    with pytest.raises(ConsentMissing):
        restore_for_case(rules, user, case.id, done.text)
    with reading(rules) as session:
        assert session.get_one(CaseVaultRow, case.id).sealed == b""
    _consent(rules, user, case)
    with pytest.raises(PolicyRefused) as caught:
        restore_for_case(rules, user, case.id, done.text)
    assert caught.value.code == "nothing_to_restore"
    again = redact_for_case(rules, user, case.id, NOTE)
    assert not {e.token for e in again.entities} & {e.token for e in done.entities}
    assert restore_for_case(rules, user, case.id, done.text) == done.text  # old tokens mean nobody any more


@pytest.mark.parametrize(("days", "left"), [(0, 2), (9.999, 2), (10, 1), (14.999, 1), (15, 0), (4000, 0)])
def test_when_redactions_are_as_old_as_drafts_go_then_they_go_and_the_vault_with_the_last(
    rules: Settings, user: User, case: Case, days: float, left: int
) -> None:
    with clock.fixed(START):
        redact_for_case(rules, user, case.id, NOTE)
    with clock.fixed(START + timedelta(days=5)):
        done = redact_for_case(rules, user, case.id, LETTER)
    periods = Periods(audio=1, transcript=1, draft=10, final=1)
    report = retention.run(rules, now=START + timedelta(days=days), periods=periods)
    assert report.counts.get("redaction", 0) == 2 - left and report.counts.get("case_vault", 0) == (left == 0)
    assert len(list_redactions(rules, user, case.id)) == left
    if left:
        assert restore_for_case(rules, user, case.id, done.text) == LETTER
    else:
        assert read_vault(rules, user, case.id).value == {}
        assert retention.run(rules, now=START + timedelta(days=days), periods=periods).counts == {}


# at the same time --------------------------------------------------------------------------------


def test_when_two_documents_are_redacted_at_once_then_no_number_is_given_twice(
    rules: Settings, user: User, case: Case
) -> None:
    one, two = (CaseRedactor(rules, user, case.id, policy()) for _ in range(2))
    one.draft("Mr Zephaniah came.")
    two.draft("Mrs Brackenbury came.")
    one.store()
    with pytest.raises(StaleVault):
        two.store()
    assert len(list_redactions(rules, user, case.id)) == 1


def test_when_another_document_was_quicker_then_the_slower_is_redacted_anew(
    rules: Settings, user: User, case: Case
) -> None:
    attempts: list[str] = []

    def work(one: CaseRedactor) -> None:
        attempts.append(one.draft("Mrs Brackenbury came.").text)
        if len(attempts) == 1:
            redact_for_case(rules, user, case.id, "Mr Zephaniah came.")

    _, done = in_case(rules, user, case.id, work)
    assert [*map(_untitled, attempts)] == ["<PERSON_4> came.", "<PERSON_5> came."] and done.text == attempts[1]


def test_when_others_are_always_quicker_then_it_says_so_and_keeps_nothing_of_this_one(
    rules: Settings, user: User, case: Case
) -> None:
    def work(one: CaseRedactor) -> None:
        one.draft("Mrs Brackenbury came.")
        redact_for_case(rules, user, case.id, "Mr Zephaniah came.")

    with pytest.raises(ServiceUnavailable) as caught:
        in_case(rules, user, case.id, work)
    assert caught.value.code == "case_busy"


def test_when_consent_is_withdrawn_while_a_text_is_redacted_then_it_is_not_kept(
    rules: Settings, user: User, case: Case
) -> None:
    one = CaseRedactor(rules, user, case.id, policy())
    one.draft(NOTE)
    withdraw(rules, user, case.id)
    with pytest.raises(ConsentMissing):
        one.store()


# any text ----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["Mrs Okonkwo", "siobhan", "Ann Lee", "ANN LEE", "Mr Zephaniah", "07700 900123", "943 476 5919",
     "t.quill@example.org", "Mrs t.quill@example.org", "14 Larkspur Close ZZ4 2QX", "<PERSON_1>", "<PERSON_1 (person)>",
     "PERSON_2", "<TOKEN_1>", "<PHONE_1>", "PERSON_1_2", "<<PERSON_1>>", "<PERSON_999999999999>", "<PERSON_0>",
     "born 12/05/1948", "nine four three four seven six five nine one nine", "\r\n", "\r", "\u2028", "e\u0301", "\u200b",
     "\u202eאבא Mrs Okonkwo\u202c", "Sio\u0301bha\u0301n", "Okon\u00adkwo", "\U0001f9d1\u200d\U0001f9bd", "\x00",
     "Mr O'Brien's", "[phone removed]", "AN-0077", ",", " ", "and"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=10).map(" ".join)


@pytest.fixture(scope="module")
def quick() -> Redactor:
    return Redactor(Settings(models_dir=MODELS), frozenset(TAGGERS))


@hypothesis_settings(max_examples=120)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), name=st.sampled_from(["model_safe", "disclosure"]))
def test_when_any_documents_of_a_case_are_redacted_then_each_comes_back_and_tokens_mean_one_thing(
    quick: Redactor, texts: list[str], name: str
) -> None:
    people = [{"name": one.name, "role": one.role} for one in PEOPLE]
    vault: dict[str, object] = {}
    numbers: dict[str, int] = {}
    meaning: dict[str, str] = {}
    for text in texts:
        memory = Memory(text, people, vault, numbers, known=(("CASE_REFERENCE", "AN-0077"),))
        draft = quick.draft(text, people, policy(name), memory)
        assert restore(draft.text, draft.vault) == text
        vault, numbers = memory.after(draft.vault)
        for entity in draft.entities:
            value = "".join(text[entity.start : entity.end].split()).casefold()
            if entity.type != "PERSON":  # people have many forms
                known = meaning.setdefault(entity.token, value)
                assert "".join(filter(str.isalnum, known)) == "".join(filter(str.isalnum, value)) or not known.isascii()
        given_here = {placed.token.strip("<>").split()[0] for placed in draft.vault.placed}
        assert not [t for t in ("PERSON_1", "PERSON_2", "TOKEN_1", "PHONE_1") if f"<{t}>" in text and t in given_here
                    and f"<{t}>" in _untouched(text, draft)]  # fmt: skip
    assert all(numbers[kind] >= 1 for kind in numbers)


def _untouched(text: str, draft: object) -> str:
    parts, at = [], 0
    for entity in draft.entities:  # pyright: ignore[reportAttributeAccessIssue]
        parts.append(text[at : entity.start])
        at = entity.end
    return "\x03".join([*parts, text[at:]])


@pytest.mark.parametrize("text", [NOTE, "a\x00 Mr Zephaniah \x00", "\u202eאבא Mrs Okonkwo\u202c", "", "e\u0301\r\n\r"])
def test_when_a_text_is_odd_then_it_is_stored_and_comes_back_whole(
    rules: Settings, user: User, case: Case, text: str
) -> None:
    done = redact_for_case(rules, user, case.id, text)
    assert restore_for_case(rules, user, case.id, done.text, done.id) == text


def test_when_a_text_holds_half_characters_then_nothing_is_kept(rules: Settings, user: User, case: Case) -> None:
    with pytest.raises(BadInput):
        redact_for_case(rules, user, case.id, "Mrs Okonkwo \ud800")
    assert list_redactions(rules, user, case.id) == ()
