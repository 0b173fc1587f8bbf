"""A reviewer's changes as tables: what is masked, what stays masked and why, and what the report says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from core.errors import BadInput
from core.findings import finding
from redaction.codes import POSSIBLE, LeakFound
from redaction.hits import Hit
from redaction.memory import Memory
from redaction.people import People
from redaction.policy import Policy, policy
from redaction.redactor import Draft, Redactor, _doubts
from redaction.replacing import replaced
from redaction.restoring import restore
from redaction.review import RemovalRefused, Review, Why, add, begin, remove, same_words
from redaction.review_places import doubt_at, in_source, lines_of, pages, places_of, remaining
from redaction.review_report import reviewed_report, reviewed_text

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = ({"name": "Ottoline Quill", "role": "person"}, {"name": "Merrick Vane", "role": "social worker"})
TEXT = (
    "Ottoline Quill told Merrick Vane about the Harbourmaster job.\n"
    "She was born on 12/05/1948 and lives in Thornwick. Ottoline's neighbour Jory Pask rang 07700 900123.\n"
    "Jory Pask keeps the keys. Ref 88120041. Council Tax was paid. NHS 943 476 5919.\n"
)
FOUND = (
    ("Ottoline Quill", "PERSON"),
    ("Merrick Vane", "PERSON"),
    ("12/05/1948", "DOB"),
    ("Thornwick", "TOWN"),
    ("Ottoline", "PERSON"),
    ("Jory Pask", "PERSON"),
    ("07700 900123", "PHONE"),
    ("Council Tax", "ORGANISATION"),
    ("943 476 5919", "NHS_NUMBER"),
)


class Given:
    """Recognisers of a table: what they find is given, all that follows is real."""

    def draft(self, text: str, people: People = (), chosen: Policy | None = None, memory: Memory | None = None) -> Draft:
        """Return the draft of everything in ``FOUND``."""
        spans: dict[tuple[int, int], Hit] = {}
        for words, kind in FOUND:
            for start, end in places_of(text, words):
                if not any(low < end and start < high for low, high in spans):
                    spans[start, end] = Hit(start, end, kind, 0.8, "given", "table")
        hits = [spans[span] for span in sorted(spans)]
        assert memory is not None
        made = replaced(text, hits, memory.table, chosen or policy(), memory.tokens)
        at = text.find("88120041")
        doubt = finding(POSSIBLE, f"Line 3, characters {at}\u2013{at + 8}: this could be a CASE REFERENCE.")
        return Draft(made.text, made.entities, made.vault, (doubt,), ())


def _why(reason: str, note: str = "") -> Why:
    return Why(reason, note, "practitioner", AT)


def _review(name: str = "model_safe") -> Review:
    return begin(Given(), TEXT, PEOPLE, policy(name))


def _span(words: str, number: int = 0) -> tuple[int, int]:
    return places_of(TEXT, words)[number]


def test_when_nothing_was_changed_then_the_draft_is_that_of_the_policy_and_is_clean() -> None:
    review = _review()
    assert review.clean
    assert reviewed_text(review).startswith("<PERSON_1 (person)> told <PERSON_2 (social worker)> about")
    assert restore(review.draft.text, review.draft.vault) == TEXT


@pytest.mark.parametrize(
    ("words", "kind", "token"),
    [
        ("Harbourmaster", "OCCUPATION", "<OCCUPATION_1>"),
        ("harbourmaster  JOB", "OCCUPATION", "<OCCUPATION_1>"),
        ("88120041", "CASE_REFERENCE", "<CASE_REFERENCE_1>"),
        ("the keys", "OTHER", "<OTHER_1>"),
    ],
)
def test_when_words_are_added_then_they_are_masked_and_the_way_back_holds(words: str, kind: str, token: str) -> None:
    done = add(_review(), places_of(TEXT, words), kind, _why("narrows_down"))
    start, end = places_of(TEXT, words)[0]
    assert token in done.draft.text
    assert TEXT[start:end] not in done.draft.text
    assert restore(done.draft.text, done.draft.vault) == TEXT
    one = done.decisions[0]
    assert (one.kind, one.type, one.token, one.places, one.by, one.at) == ("add", kind, token, 1, "practitioner", AT)


def test_when_tokens_were_given_then_an_added_mask_does_not_renumber_them() -> None:
    before = _review()
    after = add(before, places_of(TEXT, "She was"), "PERSON", _why("identifies"))
    tokens = {(e.start, e.end): e.token for e in after.draft.entities}
    assert all(tokens[e.start, e.end] == e.token for e in before.draft.entities)


def test_when_an_added_name_is_said_to_be_a_known_person_then_it_gets_that_token() -> None:
    done = add(_review(), places_of(TEXT, "Harbourmaster"), "PERSON", _why("identifies"), same_as=2)
    assert done.decisions[0].token == "<PERSON_2 (social worker)>"


def test_when_an_added_place_overlaps_a_mask_then_one_mask_covers_both() -> None:
    start, _ = _span("neighbour Jory")
    done = add(_review(), [(start, _span("Jory Pask")[1] - 2)], "PERSON", _why("identifies"))
    covering = [e for e in done.draft.entities if e.start == start]
    assert [TEXT[e.start : e.end] for e in covering] == ["neighbour Jory Pask"]


@pytest.mark.parametrize(
    ("words", "kind", "reason", "note", "code"),
    [
        ("nowhere", "PERSON", "identifies", "", "not_in_text"),
        ("Thornwick", "TOWN", "identifies", "", "already_masked"),
        ("Harbourmaster", "OCCUPATION", "", "", "no_reason"),
        ("Harbourmaster", "OCCUPATION", "other", "  ", "no_reason"),
        ("Harbourmaster", "OCCUPATION", "not_personal", "", "no_reason"),
        ("Harbourmaster", "SECRET", "identifies", "", "bad_type"),
        ("Harbourmaster", "OCCUPATION", "other", "Merrick asked for it", "value_in_reason"),
        ("Harbourmaster", "OCCUPATION", "other", "the harbourmaster is known", "value_in_reason"),
        ("Harbourmaster", "OCCUPATION", "other", "x" * 301, "reason_too_long"),
    ],
)
def test_when_an_addition_is_not_right_then_it_is_refused_with_a_code(
    words: str, kind: str, reason: str, note: str, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        add(_review(), places_of(TEXT, words), kind, _why(reason, note))
    assert refused.value.code == code
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("words", "number", "says"),
    [
        ("Ottoline Quill", 0, "somebody named in the case"),
        ("Ottoline", 1, "somebody named in the case"),
        ("Merrick Vane", 0, "somebody named in the case"),
        ("Jory Pask", 0, "still masked elsewhere"),
        ("943 476 5919", 0, "NHS NUMBER would be readable"),
    ],
)
def test_when_a_removal_would_leave_somebody_readable_then_it_is_refused_and_says_why(
    words: str, number: int, says: str
) -> None:
    review = _review()
    before = review.draft.text
    with pytest.raises(RemovalRefused) as refused:
        remove(review, [_span(words, number)], _why("needed"))
    assert says in refused.value.message
    assert words not in refused.value.message + refused.value.remedy
    assert (review.draft.text, review.decisions) == (before, ())


@pytest.mark.parametrize("words", ["Council Tax", "Thornwick", "Jory Pask"])
def test_when_every_place_of_a_mask_that_hides_nobody_known_is_removed_then_it_is_readable(words: str) -> None:
    review = _review()
    entity = next(e for e in review.draft.entities if TEXT[e.start : e.end] == words)
    done = remove(review, same_words(review, entity), _why("not_personal"))
    assert done.clean
    assert done.draft.text.count(words) == TEXT.count(words)
    assert done.decisions[0].places == TEXT.count(words)
    assert [one.how for one in remaining(done) if TEXT[one.start : one.end] == words] == ["removed"] * TEXT.count(words)


def test_when_a_mask_was_removed_then_later_changes_leave_it_so_and_it_can_be_masked_again() -> None:
    done = remove(_review(), [_span("Council Tax")], _why("not_personal"))
    done = add(done, [_span("Harbourmaster")], "OCCUPATION", _why("narrows_down"))
    assert "Council Tax" in done.draft.text
    done = add(done, [_span("Council Tax")], "ORGANISATION", _why("identifies"))
    assert "Council Tax" not in done.draft.text
    assert [one.number for one in done.decisions] == [1, 2, 3]
    assert "removed" not in {one.how for one in remaining(done)}


def test_when_the_policy_keeps_or_generalises_then_it_is_listed_and_can_still_be_masked() -> None:
    kept = _review("disclosure")
    assert "Thornwick" in kept.draft.text
    assert ("TOWN", "kept") in {(one.type, one.how) for one in remaining(kept)}
    assert "<TOWN_" in add(kept, [_span("Thornwick")], "TOWN", _why("known_locally")).draft.text
    coarse = _review("publication")
    assert ("DOB", "coarser") in {(one.type, one.how) for one in remaining(coarse)}
    done = add(coarse, [_span("12/05/1948")], "DOB", _why("narrows_down"))
    assert "[dob removed]" in done.draft.text
    assert "1948" not in done.draft.text


def test_when_a_doubt_is_masked_then_it_is_no_doubt_any_more() -> None:
    review = _review()
    doubt = next(one for one in remaining(review) if one.how == "possible")
    assert TEXT[doubt.start : doubt.end] == "88120041"
    done = add(review, [(doubt.start, doubt.end)], "NUMBER", _why("identifies"))
    assert not [one for one in remaining(done) if one.how == "possible"]


def test_when_the_leak_test_finds_somebody_then_nothing_is_handed_out_and_the_place_is_that_of_the_input() -> None:
    text = TEXT + "OttolineQuill was seen.\n"
    review = begin(Given(), text, PEOPLE, policy())
    assert not review.clean
    start, end = in_source(review.draft, review.draft.leaks[0])
    assert text[start:end] == "OttolineQuill"
    with pytest.raises(LeakFound):
        reviewed_text(review)
    with pytest.raises(LeakFound):
        reviewed_report(review, "practitioner", AT)
    assert add(review, [(start, end)], "PERSON", _why("identifies")).clean


def test_when_the_report_is_made_then_it_holds_decisions_and_counts_and_no_value() -> None:
    done = add(_review(), [_span("Harbourmaster")], "OCCUPATION", _why("other", "Only one person has this job here."))
    done = remove(done, [_span("Council Tax")], _why("not_personal"))
    record = reviewed_report(done, "practitioner", AT)
    printed = json.dumps(record)
    assert record["status"] == "pseudonymised; a person may still be recognised"
    assert [one["decision"] for one in record["decisions"]] == ["add", "remove"]  # type: ignore[attr-defined]
    assert not [words for words, _ in FOUND if words in printed]
    assert "Harbourmaster" not in printed
    assert "anonym" not in printed.lower()


@pytest.mark.parametrize(
    ("words", "count"), [("jory pask", 2), ("Jory  Pask", 2), ("ottoline", 2), ("12/05/1948", 1), ("", 0), ("zzz", 0), ("…", 0)]
)
def test_when_words_are_looked_for_then_every_place_is_found(words: str, count: int) -> None:
    assert len(places_of(TEXT, words)) == count


def test_when_a_stretch_crosses_lines_then_each_line_is_a_place_of_its_own() -> None:
    text = "  ab \n\n cd "
    assert [text[s:e] for s, e in lines_of(text, 0, len(text))] == ["ab", "cd"]


def test_when_a_text_is_long_then_pages_join_to_the_whole_and_cut_no_mask() -> None:
    text = "\n".join(" ".join(f"w{line}x{n}" for n in range(9)) for line in range(100))
    mask = (text.index("w10x8"), text.index("w12x1"))
    found = pages(text, [mask], words=100)
    assert "".join(text[start:end] for start, end in found) == text
    assert 8 <= len(found) <= 10
    assert not [edge for _, edge in found if mask[0] < edge < mask[1]]
    assert pages("", []) == [(0, 0)]


@pytest.mark.parametrize("kind", ["NHS_NUMBER", "UPRN"])
def test_when_the_redactor_words_a_doubt_then_its_place_can_be_read_back(kind: str) -> None:
    text = "One line.\nThen 9434765870 on the fridge."
    doubts = _doubts(text, [Hit(15, 25, kind, 0.2, "table", valid=True)], [])
    assert [doubt_at(one) for one in doubts] == [(15, 25)]


def test_when_the_real_recognisers_found_something_then_the_review_starts_with_their_draft(rules_only: Redactor) -> None:
    for name in ("model_safe", "disclosure", "publication"):
        plain = rules_only.draft(TEXT, PEOPLE, policy(name))
        review = begin(rules_only, TEXT, PEOPLE, policy(name))
        assert review.draft.text == plain.text
        assert review.draft.findings == plain.findings
