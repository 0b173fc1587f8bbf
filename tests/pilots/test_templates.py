"""The note templates: six of the contract, data that a practice lead can edit."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from core.errors import UsageError
from pilots.visit_notes import get_template, templates
from pilots.visit_notes.note_templates import OTHER, Template

ROOT = Path(__file__).resolve().parents[2]
FORMAT = ROOT / "evaluation" / "data" / "visit_notes" / "FORMAT.md"
SIX = (
    "adult_home_visit",
    "care_act_conversation",
    "child_and_family_visit",
    "carers_assessment",
    "supervision",
    "strategy_discussion",
)


def _promised() -> dict[str, list[str]]:
    lines = re.findall(r"^- (\w+): (.+)$", FORMAT.read_text("utf-8"), re.MULTILINE)
    return {key: [name.strip() for name in names.split(",")] for key, names in lines if key in SIX}


def test_when_templates_are_listed_then_the_contracts_six_come_first() -> None:
    assert tuple(t.key for t in templates())[:6] == SIX


@pytest.mark.parametrize("key", SIX)
def test_when_a_template_is_read_then_its_headings_are_those_the_gold_was_written_for(key: str) -> None:
    assert [h.key for h in get_template(key).headings] == _promised()[key]


@pytest.mark.parametrize("key", SIX)
def test_when_a_template_is_read_then_it_is_whole(key: str) -> None:
    template = get_template(key)
    assert template.title and template.about and re.fullmatch(r"\d+(\.\d+)*", template.version)
    keys = [h.key for h in template.headings]
    assert len(set(keys)) == len(keys)
    assert OTHER not in keys and "actions" not in keys, "these two are never a template's own"
    for heading in template.headings:
        assert heading.title and heading.hint and heading.examples
        re.compile(heading.cues)
        assert re.fullmatch(r"[a-z_]{1,60}", heading.key)


@pytest.mark.parametrize("key", SIX)
def test_when_a_template_has_more_examples_then_they_stand_under_headings_that_exist(key: str) -> None:
    path = ROOT / "pilots" / "visit_notes" / "templates" / "examples" / f"{key}.txt"
    if not path.exists():
        return
    known = {h.key for h in get_template(key).headings}
    for line in path.read_text("utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            assert line.partition("|")[0].strip() in known, "an example under a misspelt heading is lost in silence"


def test_when_the_care_act_template_is_read_then_all_ten_outcomes_are_there_and_eligibility_is_not() -> None:
    template = get_template("care_act_conversation")
    ten = {
        "nutrition", "personal_hygiene", "toilet_needs", "clothing", "using_home_safely", "habitable_home",
        "relationships", "work_and_learning", "community", "caring_for_child",
    }  # fmt: skip
    assert ten <= {h.key for h in template.headings}
    assert not any("eligib" in (h.title + h.hint + " ".join(h.examples)).lower() for h in template.headings)
    for words in ("eligible", "eligibility", "ineligible", "meets the criteria"):
        assert any(re.search(pattern, words) for pattern in template.never)


@pytest.mark.parametrize("key", ["", "adult", "ADULT_HOME_VISIT", "../adult_home_visit", "Zebedee Quillfeather"])
def test_when_a_template_is_unknown_then_the_remedy_names_the_six(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        get_template(key)
    assert caught.value.exit_code == 2
    assert all(name in caught.value.remedy for name in SIX)


@pytest.fixture
def editable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the templates that the loader reads in place of the installed ones."""
    from pilots.visit_notes import note_templates

    shutil.copytree(ROOT / "pilots" / "visit_notes" / "templates", tmp_path / "templates")
    monkeypatch.setattr(note_templates, "files", lambda _: tmp_path)
    note_templates.templates.cache_clear()
    yield tmp_path / "templates"
    note_templates.templates.cache_clear()


def test_when_a_practice_lead_adds_a_template_then_it_can_be_chosen_after_the_six(editable: Path) -> None:
    own = {
        "key": "phone_call", "title": "Phone call", "version": "1", "about": "A call.",
        "headings": [{"key": "said", "title": "What was said", "hint": "All of it.", "examples": ["she rang"]}],
    }  # fmt: skip
    (editable / "phone_call.yaml").write_text(yaml.safe_dump(own), "utf-8")
    assert [t.key for t in templates()] == [*SIX, "phone_call"]
    assert get_template("phone_call").headings[0].title == "What was said"


@pytest.mark.parametrize(
    "broken",
    [
        "key: [unfinished",
        "",
        "- a list",
        "key: x\ntitle: X\nversion: '1'\nabout: a\nheadings: []\ncolour: red",
        "key: x\ntitle: X\nversion: '1'\nabout: a\nheadings:\n  - {key: said, title: S}",
        "key: x\ntitle: X\nversion: '1'\nabout: a\nheadings:\n  - {key: said, title: S, hint: h, cues: '(open'}",
        "key: x\ntitle: X\nversion: '1'\nabout: a\nheadings:\n  - {key: actions, title: S, hint: h}",
        "key: x\ntitle: X\nversion: '1'\nabout: a\nheadings:\n  - {key: s, title: S, hint: h}\n  - {key: s, title: T, hint: h}",
        "key: adult_home_visit\ntitle: Second\nversion: '9'\nabout: a\nheadings:\n  - {key: s, title: S, hint: h}",
    ],
)
def test_when_a_template_file_is_broken_then_the_error_names_the_file_and_says_what_to_do(editable: Path, broken: str) -> None:
    (editable / "mine.yaml").write_text(broken, "utf-8")
    with pytest.raises(UsageError) as caught:
        templates()
    assert "mine.yaml" in caught.value.message
    assert caught.value.remedy


def test_when_a_template_is_made_from_data_then_unknown_keys_are_refused() -> None:
    data = json.loads(get_template("supervision").model_dump_json())
    assert Template.model_validate(data) == get_template("supervision")
    with pytest.raises(ValueError, match="colour"):
        Template.model_validate({**data, "colour": "red"})
