"""Findings: few, typed and ranked; those that block release first, both sides of a contradiction."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.evidence import Draft
from core.findings import FINDING_KINDS
from core.review import FindingState, ReviewState, resolve
from core.review_state import section_of as where
from ui.staff import session
from ui.staff.guard import guarded, say
from ui.staff.look import ask_to_bring, html, safe, tag
from ui.staff.parts.evidence import Recording, show_evidence
from ui.staff.words import SEVERITY, heading_of, plain, when

FEW = 5
KINDS = {"block": "block", "warn": "warn", "info": ""}
HOW = {
    "confirmed_against_recording": "I listened: the recording supports it",
    "amended": "I changed the words",
    "removed": "I removed it from the note",
}


def ranked(findings: tuple[FindingState, ...]) -> list[FindingState]:
    """Return open findings, those that block first, then by severity and rank."""
    order = {"block": 0, "warn": 1, "info": 2}
    still = [one for one in findings if one.state == "open"]
    return sorted(
        still, key=lambda one: (not one.blocks, order[one.finding.severity], one.finding.rank, one.index)
    )


def overview(review: ReviewState) -> None:
    """Draw the open findings of the whole note as a short list."""
    still = ranked(review.findings)
    blocking = sum(one.blocks for one in still)
    st.header("What to look at first", anchor=False)
    if not still:
        st.success(
            "Nothing is flagged. Checks see only what they were made for: read every section all the same."
        )
        return
    st.markdown(
        f"**{blocking} of {len(still)} open findings block release.** Each is decided with its section below."
    )
    lines = [
        f"<li>{tag(_severity(one), _kind(one))} <strong>{html(_where(review.current, one))}</strong>: "
        f"{html(one.finding.message)}</li>"
        for one in still
    ]
    st.html(f"<ol>{''.join(lines[:FEW])}</ol>")
    if len(lines) > FEW:
        with st.expander(f"{len(lines) - FEW} more findings"):
            st.html(f'<ol start="{FEW + 1}">{"".join(lines[FEW:])}</ol>')


def of_whole_note(user: User, review: ReviewState, recording: Recording) -> None:
    """Draw the findings that belong to no section: what was said but is not in the note, and the like."""
    mine = [one for one in ranked(review.findings) if not section_of(review.current, one)]
    if mine:
        with st.expander(f"Look at the {len(mine)} about the whole note"):
            for one in mine:
                with st.container(border=True):
                    _finding(user, review, recording, one)


def of_section(user: User, review: ReviewState, recording: Recording, key: str) -> None:
    """Draw the findings of one section with their evidence and the way to settle each."""
    mine = [one for one in ranked(review.findings) if section_of(review.current, one) == key]
    settled = [
        one for one in review.findings if one.state != "open" and section_of(review.current, one) == key
    ]
    advice = [one for one in review.new_findings if where(review.current, one) == key]
    if not mine and not settled and not advice:
        return
    st.subheader(f"Findings in this section ({len(mine)} open)", anchor=False)
    for one in mine:
        with st.container(border=True):
            _finding(user, review, recording, one)
    for one in advice:
        st.html(f"<div>{tag(SEVERITY['warn'], 'warn')}About words a person wrote: {html(one.message)}</div>")
    for one in settled:
        who = f", {one.author}, {when(one.at)}" if one.author else ""
        how = HOW.get(one.state, plain(one.state)).lower()
        st.markdown(f"Settled ({how}{safe(who)}): {safe(one.finding.message)}")


def section_of(draft: Draft, one: FindingState) -> str:
    """Return the key of the section a finding belongs to, empty when it is about the whole note."""
    return where(draft, one.finding)


def _finding(user: User, review: ReviewState, recording: Recording, one: FindingState) -> None:
    kind = FINDING_KINDS.get(one.finding.code) if one.finding.code in FINDING_KINDS else None
    st.html(
        f"<div>{tag(_severity(one), _kind(one))}<strong>{html(plain(one.finding.code))}.</strong> "
        f"{html(one.finding.message)}</div>"
    )
    if kind is not None and kind.remedy:
        st.markdown(f"What to do: {safe(kind.remedy)}")
    if len(one.finding.evidence) > 1 and one.finding.code == "contradiction":
        st.markdown("Both sides were said. Neither is chosen for you:")
    show_evidence(
        user, recording, one.finding.evidence, f"finding-{one.index}"
    ) if one.finding.evidence else None
    if review.released or one.finding.severity == "info":
        return
    with guarded(), st.form(f"resolve-{review.draft_id}-{one.index}", border=False):
        how = st.selectbox("How you settled it", list(HOW), format_func=lambda key: HOW[key], index=None)
        reason = st.text_input("Reason")
        if st.form_submit_button("Settle this finding"):
            resolve(session.settings(), user, review.draft_id, one.index, how or "", reason)  # type: ignore[arg-type]
            say("The finding is settled, with your name and reason.")
            ask_to_bring()
            st.rerun()


def _severity(one: FindingState) -> str:
    return (
        SEVERITY["block"]
        if one.blocks
        else SEVERITY["warn" if one.finding.severity == "block" else one.finding.severity]
    )


def _kind(one: FindingState) -> str:
    return (
        "block" if one.blocks else KINDS["warn" if one.finding.severity == "block" else one.finding.severity]
    )


def _where(draft: Draft, one: FindingState) -> str:
    key = section_of(draft, one)
    return heading_of(draft.sections, key) if key else "Whole note"
