"""Changing a section: a text area per statement, one more to add, and a tick to remove."""

from __future__ import annotations

import streamlit as st

from core.evidence import Action, Section
from core.review import Line

NOT_STATED = "not stated"


def edit_section(section: Section, draft_id: str) -> list[Line]:
    """Draw the fields inside a form; return the section as it will be."""
    lines: list[Line] = []
    for number, statement in enumerate(section.statements, 1):
        key = f"{draft_id}-{section.key}-{statement.id}"
        text = st.text_area(f"Statement {number}", value=statement.text, key=f"text-{key}", height=80)
        if not st.checkbox(f"Remove statement {number}", key=f"remove-{key}") and text.strip():
            lines.append(Line(id=statement.id, text=" ".join(text.split())))
    added = st.text_area(
        "Add statements (one a line; leave empty to add none)",
        key=f"add-{draft_id}-{section.key}-{len(section.statements)}",
        height=80,
        help="A statement you add is marked as written by a person.",
    )
    return lines + [Line(text=" ".join(line.split())) for line in added.splitlines() if line.strip()]


def edit_actions(actions: tuple[Action, ...], draft_id: str) -> list[Line]:
    """Draw the fields of every action and one empty row; return the actions as they will be."""
    lines: list[Line] = []
    for number, action in enumerate([*actions, None], 1):
        key = f"{draft_id}-action-{action.id if action else f'new-{len(actions)}'}"
        name = f"action {number}" if action else "a new action"
        what = st.text_area(
            f"What: {name}" + ("" if action else " (leave empty to add none)"),
            value=action.what if action else "",
            key=f"what-{key}",
            height=70,
        )
        left, right = st.columns(2)
        owner = left.text_input(
            f"Owner of {name}", value=action.owner if action else NOT_STATED, key=f"owner-{key}"
        )
        due = right.text_input(
            f"{name.capitalize()} is due", value=action.due if action else NOT_STATED, key=f"due-{key}"
        )
        removed = bool(action) and st.checkbox(f"Remove {name}", key=f"remove-{key}")
        if what.strip() and not removed:
            lines.append(
                Line(
                    id=action.id if action else "",
                    text=" ".join(what.split()),
                    owner=owner.strip() or NOT_STATED,
                    due=due.strip() or NOT_STATED,
                )
            )
    return lines
