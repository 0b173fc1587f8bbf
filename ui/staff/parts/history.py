"""What was decided about a section before, and what was changed, word for word."""

from __future__ import annotations

import streamlit as st

from core.diff import Change
from core.review import Decision, SectionState
from ui.staff.look import html
from ui.staff.words import DECISIONS, length, when

AROUND = 5
"""untouched words shown on each side of a change"""


def history(state: SectionState, names: dict[str, str]) -> None:
    """Draw the last decision of a section, and the earlier ones behind a switch."""
    if state.decision is None:
        return
    _decision(state.decision, names)
    earlier = [one for one in state.history if one.id != state.decision.id]
    if earlier:
        with st.expander(f"Earlier decisions ({len(earlier)})"):
            for one in reversed(earlier):
                _decision(one, names)


def _decision(one: Decision, names: dict[str, str]) -> None:
    reason = f" Reason: {html(one.reason)}" if one.reason else ""
    spent = f", {length(one.seconds)} on this section" if one.seconds else ""
    who = html(names.get(one.author, one.author))
    st.html(f"<div><strong>{DECISIONS[one.decision]}</strong> by {who}, {when(one.at)}{spent}.{reason}</div>")
    if any(change.op != "same" for change in one.diff):
        st.html(
            f'<div>What was changed: <span class="rapt-diff">{" ".join(map(_change, one.diff))}</span></div>'
        )


def _change(change: Change) -> str:
    words = change.text.split()
    if change.op == "same":
        # the untouched middle says nothing about the change
        kept = words if len(words) <= 2 * AROUND else [*words[:AROUND], "…", *words[-AROUND:]]
        return html(" ".join(kept))
    element, word = ("del", "removed") if change.op == "removed" else ("ins", "added")
    return f'<{element} class="rapt">[{word}: {html(change.text)}]</{element}>'
