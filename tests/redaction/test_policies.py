"""Policies as a table: what stands where an identifier stood, what stays, and what is said about it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.errors import BadInput, UsageError
from core.findings import FINDING_KINDS
from core.settings import Settings
from redaction.generalise import band, district, month, year
from redaction.hits import Hit
from redaction.people import PersonTable
from redaction.policy import policies, policy
from redaction.redactor import Draft, Redactor, finished
from redaction.replacing import person_token, replaced
from redaction.report import Left, left_over, report
from redaction.restoring import restore
from tests.redaction.conftest import MODELS

PEOPLE = (
    {"name": "Ann Lee", "role": "subject"},
    {"name": "Siobhan Okonkwo", "role": "social worker"},
    {"name": "Tobias Quill", "role": "neighbour"},
)
VALUES = {
    "PERSON": "Tobias Quill",
    "DOB": "12/05/1948",
    "DATE": "3 March 2024",
    "POSTCODE": "ZZ4 2QX",
    "AGE": "78-year-old",
    "PHONE": "07700 900123",
    "EMAIL": "t.quill@example.org",
    "NHS_NUMBER": "943 476 5919",
    "ADDRESS": "14 Larkspur Close",
    "TOWN": "Thornwick",
    "PLACE_OF_CARE": "Larkspur House",
    "OCCUPATION": "lighthouse keeper",
    "RARE_CONDITION": "Moyamoya disease",
    "CASE_REFERENCE": "LAS-00412",
    "SOMETHING_NEW": "x-17",
}
"""one value of each type; the last: a type no policy names gets the policy's "otherwise" """

TABLE = [
    ("PERSON", "<PERSON_3 (neighbour)>", "<PERSON_3 (neighbour)>", "<PERSON_3 (neighbour)>"),
    ("DOB", "<DOB_1>", "<DOB_1>", "1948"),
    ("DATE", "<DATE_1>", None, "March 2024"),
    ("POSTCODE", "<POSTCODE_1>", "<POSTCODE_1>", "ZZ4"),
    ("AGE", "<AGE_1>", None, "75\u201384"),
    ("PHONE", "<PHONE_1>", "<PHONE_1>", "[phone removed]"),
    ("EMAIL", "<EMAIL_1>", "<EMAIL_1>", "[email removed]"),
    ("NHS_NUMBER", "<NHS_NUMBER_1>", "<NHS_NUMBER_1>", "[nhs number removed]"),
    ("ADDRESS", "<ADDRESS_1>", "<ADDRESS_1>", "[address removed]"),
    ("TOWN", "<TOWN_1>", None, "[town removed]"),
    ("PLACE_OF_CARE", "<PLACE_OF_CARE_1>", None, "[place of care removed]"),
    ("OCCUPATION", "<OCCUPATION_1>", None, "[occupation removed]"),
    ("RARE_CONDITION", "<RARE_CONDITION_1>", None, "[rare condition removed]"),
    ("CASE_REFERENCE", "<CASE_REFERENCE_1>", "<CASE_REFERENCE_1>", "[case reference removed]"),
    ("SOMETHING_NEW", "<SOMETHING_NEW_1>", "<SOMETHING_NEW_1>", "[something new removed]"),
]


def _treated(kind: str, value: str, name: str) -> str:
    text = f"It says {value} here."
    hit = Hit(8, 8 + len(value), kind, 0.9, "test", "test")
    return replaced(text, [hit], PersonTable(PEOPLE), policy(name)).text


@pytest.mark.parametrize(("kind", "model_safe", "disclosure", "publication"), TABLE, ids=[row[0] for row in TABLE])
def test_when_a_type_meets_a_policy_then_exactly_this_stands_there(
    kind: str, model_safe: str, disclosure: str | None, publication: str
) -> None:
    value = VALUES[kind]
    expected = {"model_safe": model_safe, "disclosure": disclosure or value, "publication": publication}
    for name, stands in expected.items():
        assert _treated(kind, value, name) == f"It says {stands} here.", name


def test_when_a_policy_is_shipped_then_the_table_above_says_what_it_does() -> None:
    assert set(policies()) == {"model_safe", "disclosure", "publication"}
    assert [one.reversible for one in policies().values()] == [True, True, False]


@pytest.mark.parametrize("value", ["of good age", "no figure", "about 200"])
def test_when_a_value_cannot_be_made_coarser_then_it_is_removed(value: str) -> None:
    assert _treated("AGE", value, "publication") == "It says [age removed] here."


YEARS = [
    ("12/05/1948", "1948"), ("12.5.48", "1948"), ("12-05-31", "1931"), ("12-05-30", "2030"), ("1 May 2001", "2001"),
    ("born 1899", "1899"), ("1799", None), ("2100", None), ("12 May", None), ("21948", None), ("", None),
]  # fmt: skip
MONTHS = [
    ("3 March 2024", "March 2024"), ("03/12/2024", "December 2024"), ("3.1.24", "January 2024"), ("3rd Sept 2024",
    "September 2024"), ("3 Sep. 24", "September"),
    ("Mart 2024", "2024"), ("the 3rd of May", "May"), ("2024", "2024"), ("3/13/2024", "2024"),
    ("3/0/2024", "2024"),
    ("last Monday", None), ("Marching", None), ("", None),
]  # fmt: skip
DISTRICTS = [
    ("ZZ4 2QX", "ZZ4"), ("zz42qx", "ZZ4"), ("E1W 3AB", "E1W"), ("M1 1AA", "M1"), (" ZZ14 2QX ", "ZZ14"), ("ZZ4", None),
    ("ZZ4 2Q", None), ("not one", None), ("", None),
]  # fmt: skip
BANDS = [
    ("0", "under 5"), ("4", "under 5"), ("5", "5\u201310"), ("10", "5\u201310"), ("11", "11\u201315"),
    ("15", "11\u201315"), ("16", "16\u201317"), ("17", "16\u201317"), ("18", "18\u201324"), ("24", "18\u201324"),
    ("25", "25\u201334"), ("34", "25\u201334"), ("35", "35\u201344"), ("44", "35\u201344"), ("45", "45\u201354"),
    ("54", "45\u201354"), ("55", "55\u201364"), ("64", "55\u201364"), ("65", "65\u201374"), ("74", "65\u201374"),
    ("75", "75\u201384"), ("84", "75\u201384"), ("85", "85 or over"), ("129", "85 or over"), ("130", None),
    ("aged 18 months", "under 5"), ("6 weeks old", "under 5"), ("old", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("coarser", "value", "expected"),
    [(f, v, e) for f, rows in ((year, YEARS), (month, MONTHS), (district, DISTRICTS), (band, BANDS)) for v, e in rows],
)
def test_when_a_value_is_made_coarser_then_the_table_says_how(coarser: object, value: str, expected: str | None) -> None:
    assert coarser(value) == expected  # pyright: ignore[reportCallIssue]


# whole texts -------------------------------------------------------------------------------------

NOTE = (
    "Ann Lee (DOB: 12/05/1948, aged 78) of ZZ4 2QX was seen by Siobhan Okonkwo on 3 March 2024.\n"
    "Tobias Quill rang from 07700 900123; Mr Quill says Ann shouts. Mr Zephaniah heard it too. Dr Okonkwo agreed.\n"
)


@pytest.fixture(scope="module")
def quick() -> Redactor:
    """The rules without the taggers: what a policy does is not theirs to decide."""
    return Redactor(Settings(models_dir=MODELS), frozenset({"spacy_names", "rampart", "own_tagger"}))


def _note(quick: Redactor, name: str, text: str = NOTE) -> Draft:
    draft = quick.draft(text, PEOPLE, policy(name))
    assert draft.leaks == ()
    return draft


def test_when_it_is_a_disclosure_then_the_subject_and_professionals_stay_and_third_parties_go(
    quick: Redactor,
) -> None:
    done = finished(_note(quick, "disclosure"))
    for kept in ("Ann Lee", "Ann shouts", "Siobhan Okonkwo", "3 March 2024", "aged 78"):
        assert kept in done.text, kept
    for gone in ("Quill", "Tobias", "Zephaniah", "07700", "12/05/1948", "2QX"):
        assert gone not in done.text, gone
    assert restore(done.text, done.vault) == NOTE


def test_when_it_is_for_publication_then_nothing_leads_back_and_no_full_value_stays(quick: Redactor) -> None:
    done = finished(_note(quick, "publication"))
    assert done.vault.values == {} and done.vault.placed == () and done.vault.text_sha256 == ""
    for gone in ("Ann", "Lee", "Okonkwo", "Quill", "Zephaniah", "12/05", "ZZ4 2QX", "2QX", "aged 78", "07700", "3 March"):
        assert gone not in done.text, gone
    for coarse in ("1948", "75\u201384", "ZZ4", "March 2024", "[phone removed]"):
        assert coarse in done.text, coarse
    assert restore(done.text, done.vault) == done.text


@pytest.mark.parametrize("name", ["model_safe", "disclosure", "publication"])
def test_when_a_policy_is_done_then_its_text_holds_no_value_it_replaced(quick: Redactor, name: str) -> None:
    draft = _note(quick, name)
    assert draft.vault.placed
    for placed in draft.vault.placed:
        assert not re.search(rf"(?<!\w){re.escape(placed.surface)}(?!\w)", draft.text), placed.token


ROLES = [
    ("mother", "<PERSON_1 (mother)>"),
    ("Social Worker", "<PERSON_1 (Social Worker)>"),
    ("mother's friend", "<PERSON_1 (mother's friend)>"),
    ("mother <and>\n (carer)", "<PERSON_1 (mother and carer)>"),
    ("", "<PERSON_1>"),
    ("unknown", "<PERSON_1>"),
    ("Aled's mother", "<PERSON_1>"),
    ("aunt of ANN", "<PERSON_1>"),
    ("Rose's aunt", "<PERSON_1>"),
    ("mother of Zephaniah", "<PERSON_1>"),
    ("flat 3", "<PERSON_1>"),
    ("person2", "<PERSON_1>"),
]


@pytest.mark.parametrize(("role", "token"), ROLES)
def test_when_a_role_could_hold_a_name_or_a_figure_then_it_is_left_out(role: str, token: str) -> None:
    table = PersonTable([{"name": "Siobhan Okonkwo", "role": role}, {"name": "Ann Lee", "role": ""}])
    names = frozenset(word for person in table.people for word in person.words)
    assert person_token(table.people[0], names) == token


def test_when_a_policy_is_unknown_then_those_there_are_are_named() -> None:
    with pytest.raises(UsageError) as caught:
        policy("secret")
    assert all(name in caught.value.remedy for name in policies())


@pytest.mark.parametrize("rows", ['[a]\notherwise = "shred"', '[a]\notherwise = "token"\nDOB = "decade"', "[a", "[a]\nx=1"])
def test_when_a_policy_file_is_wrong_then_it_says_so_and_nothing_is_redacted_by_half(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "policies.toml"
    path.write_text(rows, "utf-8")
    with pytest.raises(BadInput) as caught:
        policies(path)
    assert caught.value.code == "bad_policy"


# what stays --------------------------------------------------------------------------------------


def test_when_three_kinds_of_quasi_identifiers_stay_then_a_warning_counts_them(quick: Redactor) -> None:
    done = finished(_note(quick, "publication"))
    told = report(done)
    assert told.left["AGE"] == Left(0, 1) and told.left["POSTCODE"] == Left(0, 1) and told.left["DOB"] == Left(0, 1)
    assert told.replaced["PHONE"] == 1 and "AGE" not in told.replaced and "PERSON" not in told.left
    (warning,) = [one for one in done.findings if one.code == "quasi_identifiers_left"]
    assert warning.severity == "warn" and "POSTCODE (1 made coarser)" in warning.message
    assert told.as_record()["left"] == {kind: {"kept": 0, "coarser": 1} for kind in told.left}


def test_when_everything_became_a_token_then_nothing_is_said_to_stay(quick: Redactor) -> None:
    done = finished(_note(quick, "model_safe"))
    assert report(done).left == {} and not [one for one in done.findings if one.code == "quasi_identifiers_left"]


@pytest.mark.parametrize(
    ("kept", "warned"),
    [
        ({}, False),
        ({"AGE": 5, "DATE": 9}, False),
        ({"AGE": 1, "DATE": 1, "TOWN": 1}, True),
        ({"AGE": 1, "DATE": 1, "PERSON": 3}, False),
    ],
)
def test_when_kinds_are_counted_then_only_three_different_quasi_identifiers_warn(
    kept: dict[str, int], warned: bool
) -> None:
    assert bool(left_over((), kept)) == warned


def test_when_redaction_speaks_then_it_never_calls_anything_anonymous() -> None:
    import redaction.codes  # noqa: F401
    from ui.cli.commands import COMMANDS

    shown = [one.title for one in policies().values()]
    shown += [f"{kind.meaning} {kind.remedy}" for _, kind in FINDING_KINDS]
    shown += [row.help for row in COMMANDS.values()]
    root = Path(__file__).resolve().parents[2]
    files = [*root.glob("ui/cli/redact*.py"), *root.glob("redaction/*.py"), *root.glob("redaction/documents/**/*.py")]
    assert len(files) > 20
    for path in files:
        found = (node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
        shown += [value for value in found if isinstance(value, str)]
    assert not [text for text in shown if "anonym" in re.sub("pseudonym", "", text, flags=re.I).lower()]
