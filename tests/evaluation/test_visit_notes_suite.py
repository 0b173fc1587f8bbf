"""The visit-notes suite passes a good note and fails each planted regression: no scorer is idle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import UsageError
from core.evidence import Draft, Statement, Transcript
from core.findings import FINDING_KINDS
from core.settings import Settings
from evaluation.model import Measure
from evaluation.run import run_suite
from evaluation.suite import load_suites
from tests.evaluation.toy import SCRIPT, good_draft, quote, write_visit

Change = Callable[[Draft, Transcript], Draft]


def measured(settings: Settings, folder: Path, change: Change | None = None) -> dict[str, Measure]:
    def draft(transcript: Transcript, template: str, people: object) -> Draft:
        made = good_draft(transcript, template, people)
        return change(made, transcript) if change else made

    entry = load_suites().get("visit-notes")
    run = run_suite(entry, settings, parameters={"sets": ("dev",), "data": folder, "draft": draft})
    return {m.name: m for m in run.measures}


def with_statements(draft: Draft, statements: tuple[Statement, ...]) -> Draft:
    first = draft.sections[0].model_copy(update={"statements": statements})
    return draft.model_copy(update={"sections": (first, *draft.sections[1:])})


def changed(draft: Draft, index: int, **update: object) -> Draft:
    statements = list(draft.sections[0].statements)
    statements[index] = statements[index].model_copy(update=update)
    return with_statements(draft, tuple(statements))


def drops_the_risk(draft: Draft, transcript: Transcript) -> Draft:
    return with_statements(draft, draft.sections[0].statements[1:])


def affirms_the_denied(draft: Draft, transcript: Transcript) -> Draft:
    said = "hit my head. I fell once, in the bath, on Tuesday. No, Wednesday."
    text = "Win Sayle (person) says she did hit your head. She fell once in the bath on Tuesday then Wednesday."
    return changed(draft, 0, text=text, evidence=(quote(transcript, 1, said),))


def answers_without_the_question(draft: Draft, transcript: Transcript) -> Draft:
    return changed(draft, 0, text="Win Sayle (person): “No, never”", evidence=(quote(transcript, 1, "No, never"),))


def names_another_speaker(draft: Draft, transcript: Transcript) -> Draft:
    return changed(draft, 1, text=f"Rae Holt (worker): “{SCRIPT[3][1]}”")


def cites_another_speaker(draft: Draft, transcript: Transcript) -> Draft:
    wrong = draft.sections[0].statements[1].evidence[0].model_copy(update={"speaker": "S1"})
    return changed(draft, 1, evidence=(wrong,))


def rewords_a_quote(draft: Draft, transcript: Transcript) -> Draft:
    return changed(
        draft,
        1,
        text="Win Sayle (person): “If there was a blaze at night I would never get down them stairs.”",
    )


def keeps_the_wrong_day(draft: Draft, transcript: Transcript) -> Draft:
    said = "No, never hit my head. I fell once, in the bath, on Tuesday."
    return changed(draft, 0, text=f"Asked “{SCRIPT[0][1]}”, Win Sayle (person) said: “{said}”")


def drops_the_if(draft: Draft, transcript: Transcript) -> Draft:
    said = "I would never get down them stairs."
    return changed(draft, 1, text=f"Win Sayle (person): “{said}”", evidence=(quote(transcript, 3, said),))


def rewords_without_the_if(draft: Draft, transcript: Transcript) -> Draft:
    return changed(draft, 1, text="Win Sayle can never get down them stairs at night.", origin="generated")


def blocks_for_nothing(draft: Draft, transcript: Transcript) -> Draft:
    import rag.support.codes as codes
    from core.findings import finding

    assert codes.UNSUPPORTED_NUMBER in FINDING_KINDS
    return draft.model_copy(update={"findings": (finding(codes.UNSUPPORTED_NUMBER, "no reason", statement="s1"),)})


def test_when_the_note_is_good_then_every_target_is_met(settings: Settings, tmp_path: Path) -> None:
    found = measured(settings, write_visit(tmp_path / "data"))
    assert {name for name, m in found.items() if m.passed == "no"} == set()
    assert found["essential_facts"].value == 1
    assert found["actions_found"].value == found["action_owner_right"].value == found["action_due_right"].value == 1
    assert found["not_discussed_said"].value == 1
    assert found["contradictions_shown"].passed == "unmeasured", "the visit has none, so there is nothing to share out"
    assert all(m.provenance == "synthetic-ours" for m in found.values())


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        (drops_the_risk, "risk_words_lost"),
        (drops_the_risk, "essential_facts"),
        (affirms_the_denied, "denied_risks_still_denied"),
        (answers_without_the_question, "denied_risks_still_denied"),
        (names_another_speaker, "attribution"),
        (cites_another_speaker, "attribution"),
        (rewords_a_quote, "quotes_verbatim"),
        (keeps_the_wrong_day, "corrected_numbers_right"),
        (drops_the_if, "hypotheticals_never_facts"),
        (rewords_without_the_if, "hypotheticals_never_facts"),
        (blocks_for_nothing, "falsely_blocked"),
    ],
)
def test_when_a_regression_is_planted_then_its_measure_misses_the_target(
    settings: Settings, tmp_path: Path, change: Change, measure: str
) -> None:
    assert measured(settings, write_visit(tmp_path / "data"), change)[measure].passed == "no"


def test_when_a_finding_shows_the_correction_then_the_wrong_day_alone_is_no_error(settings: Settings, tmp_path: Path) -> None:
    import pilots.visit_notes.codes as codes
    from core.findings import finding

    def shows_both(draft: Draft, transcript: Transcript) -> Draft:
        cut = keeps_the_wrong_day(draft, transcript)
        shown = finding(
            codes.CORRECTION_SUPERSEDED,
            "Tuesday was corrected to Wednesday.",
            (quote(transcript, 1, "No, Wednesday."),),
        )
        return cut.model_copy(update={"findings": (shown,)})

    assert measured(settings, write_visit(tmp_path / "data"), shows_both)["corrected_numbers_right"].passed == "yes"


def test_when_there_are_no_visits_then_nothing_is_measured_and_the_run_says_so(settings: Settings, tmp_path: Path) -> None:
    entry = load_suites().get("visit-notes")
    (tmp_path / "empty" / "visits_dev").mkdir(parents=True)
    run = run_suite(entry, settings, parameters={"sets": ("dev",), "data": tmp_path / "empty", "draft": good_draft})
    assert run.measures == ()
    assert any("nothing of it was measured" in p for p in run.problems)


def test_when_a_set_is_unknown_then_the_known_ones_are_named(settings: Settings) -> None:
    with pytest.raises(UsageError) as caught:
        run_suite(load_suites().get("visit-notes"), settings, parameters={"sets": ("training",)})
    assert "dev" in caught.value.remedy
