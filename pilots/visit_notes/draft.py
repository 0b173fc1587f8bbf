"""Transcript → draft note: pick what matters, put it under its heading, quote it, and say what to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.evidence import Draft, Finding, Section, SpeechEvidence, Statement, Transcript
from core.findings import finding
from core.model_files import sha256_of
from core.settings import Settings, get_settings
from pilots.visit_notes import checks
from pilots.visit_notes.actions import actions
from pilots.visit_notes.codes import FORBIDDEN, ROLES_UNKNOWN, TOO_SHORT
from pilots.visit_notes.corrections import corrections, linked
from pilots.visit_notes.grouping import Unit, choose, units
from pilots.visit_notes.headings import place_units
from pilots.visit_notes.note_templates import OTHER, Template, get_template
from pilots.visit_notes.people import named_roles, shown, speaker_names
from pilots.visit_notes.quoted import is_plain_quote, outside_quotes
from pilots.visit_notes.salience import salience, threshold
from pilots.visit_notes.utterances import Utterance, utterances, without_lead_in
from pilots.visit_notes.writers import make_writer
from rag.embedding import Remembering, default_embedder
from rag.extractive import GAP
from rag.support.findings import findings_for, spoken_from
from rag.writer import Passage, WritingTask

PILOT = "visit_notes"


def draft_note(
    transcript: Transcript,
    template_key: str,
    *,
    settings: Settings | None = None,
    people: Sequence[tuple[str, str]] = (),
    writer: str = "",
) -> Draft:
    """Return the draft note of a conversation under a template's headings.

    Every statement cites the seconds it rests on; headings nobody spoke about are ``not_discussed``.
    ``people`` are (name, role) of the case. Raises UsageError for an unknown template or writer and
    ServiceUnavailable when a chat model was chosen and does not answer.
    """
    settings = settings or get_settings()
    template = get_template(template_key)
    items = utterances(transcript)
    roles = {label: str(role) for label, role in transcript.speakers.items()}
    embedder = Remembering(default_embedder())
    scores = salience(items, roles, embedder)
    found = corrections(items)
    together = (*linked(items), *found)
    kept = choose(items, scores, together, threshold())
    grouped = units(items, kept, scores, together)
    placed = place_units(items, grouped, roles, template, embedder)
    names = shown(transcript)
    pen = make_writer(writer or settings.writer, settings, people)
    plain = speaker_names(transcript)
    sections = _sections(template, placed, plain, named_roles(transcript), pen, tuple(people))
    draft = Draft(
        pilot=PILOT, template=template.key, template_version=template.version, sections=sections,
        actions=actions(items, roles, lambda label: plain.get(label, label), found),
        writer=pen.name, models=_models(transcript, pen.models),
    )
    findings = [
        *_about_transcript(transcript, items), *check_statements(draft, transcript, people),
        *checks.contradictions(items, found, roles, lambda label: names.get(label, label), embedder),
        *checks.low_confidence(transcript, items, kept),
        *checks.superseded(items, found, kept, lambda label: names.get(label, label)),
        *checks.omissions(items, scores, draft), *transcript.findings,
    ]
    return draft.model_copy(update={"findings": tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], f.rank)))})


_ORDER = {"block": 0, "warn": 1, "info": 2}


def check_statements(draft: Draft, transcript: Transcript, people: Sequence[tuple[str, str]] = ()) -> list[Finding]:
    """Return the support findings of every statement; a plain quotation needs no more than to have been said.

    A person's own sentence is theirs: it is checked only against evidence it cites, and eligibility is theirs to state.
    """
    template = get_template(draft.template)
    turn_of = spoken_from(transcript)
    known = [*transcript.names.values(), *(name for name, _ in people)]
    never = [re.compile(pattern) for pattern in template.never]
    out: list[Finding] = []
    for section in draft.sections:
        for statement in section.statements:
            if statement.origin == "human":
                if statement.evidence:
                    out += findings_for(statement, turn_of, section=section.key, known_people=known)
                continue
            if not is_plain_quote(statement, transcript):
                out += findings_for(statement, turn_of, section=section.key, known_people=known)
                out += checks.hypotheticals(statement, transcript, section.key)
            said = outside_quotes(statement, transcript).lower()
            for pattern in never:
                if found := pattern.search(said):
                    said_so = f"The draft says “{found.group()}”."
                    out.append(
                        finding(FORBIDDEN, said_so, statement.evidence, statement=statement.id, section=section.key)
                    )
    return out


def _sections(
    template: Template, placed: dict[str, list[Unit]], names: dict[str, str], roles: dict[str, str], pen, people
) -> tuple[Section, ...]:
    sections, number = [], 0
    titles = [(h.key, h.title, h.hint) for h in template.headings]
    if placed.get(OTHER):
        titles.append((OTHER, "Anything else said", "What was said that belongs under no heading above."))
    for key, title, hint in titles:
        passages = tuple(_passage(f"p{i + 1}", unit, names, roles) for i, unit in enumerate(placed.get(key, [])))
        statements: list[Statement] = []
        if passages:
            for statement in pen.write(WritingTask(key, title, hint, passages, people)):
                number += 1
                statements.append(statement.model_copy(update={"id": f"s{number}"}))
        sections.append(
            Section(key=key, heading=title, status="drafted" if statements else "not_discussed", statements=tuple(statements))
        )
    return tuple(sections)


def _passage(number: str, unit: Unit, names: dict[str, str], roles: dict[str, str]) -> Passage:
    runs: list[list[Utterance]] = []
    for u in unit.items:
        if runs and runs[-1][-1].turn == u.turn and runs[-1][-1].index + 1 == u.index:
            runs[-1].append(u)
        else:
            runs.append([u])
    quotes = [" ".join(x.text for x in run) for run in runs]
    quotes[0] = without_lead_in(quotes[0]) if len(runs[0]) == 1 else quotes[0]
    evidence: list[SpeechEvidence] = [unit.question.evidence()] if unit.question else []
    for run, quote in zip(runs, quotes, strict=True):
        evidence.append(
            SpeechEvidence(turn=run[0].turn, start=run[0].start, end=run[-1].end, quote=quote, speaker=run[0].speaker)
        )
    speaker = unit.items[0].speaker
    return Passage(
        id=number, speaker_name=names.get(speaker, speaker), role=roles.get(speaker, "unknown"),
        text=GAP.join(quotes), evidence=tuple(evidence), asked=unit.question.text if unit.question else "",
        score=unit.score,
    )


def _models(transcript: Transcript, extra: Sequence[str]) -> tuple[str, ...]:
    speech = (f"{transcript.engine} {transcript.model_sha256}".strip(),) if transcript.model_sha256 else ()
    return (*speech, f"minilm {sha256_of('minilm')}", *extra)


def _about_transcript(transcript: Transcript, items: Sequence[Utterance]) -> list[Finding]:
    out = []
    if sum(u.words for u in items) < 20:
        out.append(finding(TOO_SHORT, "The recording holds fewer than twenty words."))
    labels = {turn.speaker for turn in transcript.turns}
    if any(transcript.speakers.get(label, "unknown") == "unknown" for label in labels):
        out.append(finding(ROLES_UNKNOWN, "At least one speaker has no role yet, so the note calls them by a label."))
    return out
