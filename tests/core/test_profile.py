"""The council profile is data: dated facts, no guesses, a second council with no code."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from core import clock
from core.errors import BadInput
from core.profile import Profile, UnsetFact, load_profile
from core.settings import Settings

SAMPLE = Path(str(files("core").joinpath("profiles/sample_council.yaml")))
SECOND = Path(str(files("core").joinpath("profiles/second_council.yaml")))


def _edited(tmp_path: Path, **changes: object) -> Path:
    data = yaml.safe_load(SAMPLE.read_text("utf-8"))
    data.update(changes)
    target = tmp_path / "council.yaml"
    target.write_text(yaml.safe_dump(data), "utf-8")
    return target


def test_when_no_profile_is_set_then_the_fictional_sample_council_is_loaded(tmp_path: Path) -> None:
    profile = load_profile(settings=Settings(home=tmp_path))
    assert profile.fictional
    assert "(fictional)" in profile.name


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2022, 4, 1), 5),
        (date(2025, 3, 31), 5),
        (date(2025, 4, 1), 3),
        (date(2030, 1, 1), 3),
    ],
)
def test_when_a_day_is_asked_then_the_value_valid_on_that_day_comes_out(day: date, value: int) -> None:
    assert load_profile(SAMPLE).fact("visit_note_due_working_days", on=day) == value


def test_when_no_day_is_given_then_the_fixed_clock_decides() -> None:
    with clock.fixed(date(2025, 3, 31)):
        assert load_profile(SAMPLE).fact("visit_note_due_working_days") == 5


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("home_care_guide_price_per_hour_gbp", date(2027, 4, 1)),  # expired
        ("visit_note_due_working_days", date(2022, 3, 31)),  # not yet valid
        ("no_such_fact", date(2026, 1, 1)),
    ],
)
def test_when_a_fact_has_no_value_that_day_then_it_is_said_to_be_unset(name: str, day: date) -> None:
    with pytest.raises(UnsetFact) as caught:
        load_profile(SAMPLE).fact(name, on=day)
    assert name in caught.value.message
    assert day.isoformat() in caught.value.message
    assert "valid_from" in caught.value.remedy


def test_when_a_second_council_is_chosen_in_settings_then_everything_comes_from_its_data(
    tmp_path: Path,
) -> None:
    first, second = load_profile(SAMPLE), load_profile(settings=Settings(home=tmp_path, profile=SECOND))
    assert second.kind == "unitary" != first.kind
    assert second.fact("visit_note_due_working_days", on=date(2026, 1, 1)) == 2
    assert second.retention_days["audio"] == 7
    assert second.consent.version != first.consent.version
    assert not {t.id for t in first.teams} & {t.id for t in second.teams}


@pytest.mark.parametrize("path", [SAMPLE, SECOND])
def test_when_a_sample_council_names_a_phone_then_the_number_is_one_kept_for_drama(path: Path) -> None:
    for phone in load_profile(path).phones.values():
        assert re.fullmatch(r"01632 960\d{3}", phone.number)


@pytest.mark.parametrize("path", [SAMPLE, SECOND])
def test_when_the_consent_script_states_a_retention_then_it_is_the_one_that_is_enforced(path: Path) -> None:
    profile = load_profile(path)
    assert f"deleted after {profile.retention_days['audio']} days" in profile.consent.text


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"retension_days": {}}, "retension_days"),
        ({"retention_days": {"audio": 30}}, "the file"),
        ({"kind": "kingdom"}, "kind"),
        ({"teams": []}, "teams"),
        ({"facts": {"x": [{"value": 1, "valid_from": date(2025, 1, 1)}]}}, "facts.x.0.source"),
    ],
)
def test_when_a_key_is_wrong_then_the_error_names_it(
    tmp_path: Path, changes: dict[str, object], key: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load_profile(_edited(tmp_path, **changes))
    assert caught.value.code == "bad_profile"
    assert key in caught.value.message


def test_when_two_values_overlap_then_the_profile_is_refused(tmp_path: Path) -> None:
    rows = [
        {"value": 1, "source": "one (fictional)", "valid_from": date(2025, 1, 1)},
        {"value": 2, "source": "two (fictional)", "valid_from": date(2026, 1, 1)},
    ]
    with pytest.raises(BadInput, match="two values on 2026-01-01"):
        load_profile(_edited(tmp_path, facts={"x": rows}))


@pytest.mark.parametrize("text", ["name: [", "just a word", ""])
def test_when_the_file_is_not_a_profile_then_a_clear_error_comes_out(tmp_path: Path, text: str) -> None:
    target = tmp_path / "council.yaml"
    target.write_text(text, "utf-8")
    with pytest.raises(BadInput):
        load_profile(target)


def test_when_the_profile_file_is_missing_then_a_clear_error_comes_out(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load_profile(tmp_path / "none.yaml")


def test_when_the_vocabulary_is_read_then_places_agencies_and_terms_are_in_it() -> None:
    words = load_profile(SAMPLE).vocabulary.words()
    assert {"Thornwick", "Brightstep Home Care", "reablement"} <= set(words)


def test_when_a_team_is_unknown_then_the_known_ones_are_listed() -> None:
    profile: Profile = load_profile(SAMPLE)
    assert profile.team("carers").service == "carers"
    with pytest.raises(BadInput) as caught:
        profile.team("nobody")
    assert "adults-north" in caught.value.remedy
