"""Changing a redaction: mask more words, or take a mask away; both with a reason."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access import User
from redaction.model import Entity
from redaction.review import Place, Review, add, remove, same_words
from redaction.review_places import places_of
from redaction.review_reasons import ADD_REASONS, MAX_NOTE, REMOVE_REASONS, TYPES
from ui.staff import session
from ui.staff.guard import guarded, say, show_said
from ui.staff.parts.redaction_words import chip, heading, type_words
from ui.staff.parts.redaction_work import Work, decide

EVERY = "every"
_AROUND = 28
MOST = 200
"""places that are offered one by one"""


def add_mask(user: User, work: Work) -> None:
    """Draw the search for words, and the form that masks them."""
    st.header("Add a mask", anchor=False)
    _said("add")
    with guarded():
        turn = st.session_state.get("redaction_add_turn", 0)
        review = work.review
        words = st.text_input(
            "Words to mask, as they stand in the text",
            key=f"redaction_words_{turn}",
            max_chars=200,
        )
        st.caption("Press Enter to look for them. Small and capital letters are the same.")
        found = places_of(review.text, words)
        if not words.strip():
            return
        if not found:
            st.info("These words are not in the text. What to do: copy them from the document above.")
            return
        with st.form(f"redaction_add_{turn}"):
            where = EVERY
            if len(found) > 1 and not work.is_document:
                options = [EVERY, *map(str, range(min(len(found), MOST)))]
                where = st.selectbox("Where", options, format_func=lambda key: _where(review, found, str(key)))
            else:
                st.markdown(f"Found {len(found)} time{'s' if len(found) != 1 else ''}; every place is masked.")
            kind = st.selectbox("What it is", TYPES, format_func=heading)
            people = _people(review)
            same = st.selectbox(
                "If it is a person: who?", [0, *people], format_func=lambda n: people.get(n, "Somebody not masked yet")
            )
            reason = _reason("Reason for the mask", ADD_REASONS)
            note = _note("add")
            if st.form_submit_button("Add the mask", type="primary"):
                places = found if where == EVERY else (found[int(where)],)
                decide(
                    session.settings(),
                    user,
                    work,
                    lambda now, why: add(now, places, str(kind), why, same_as=int(same or 0)),
                    reason,
                    note,
                )
                _done("add", "add_turn", "The mask is added, and the leak test ran again.")


def remove_mask(user: User, work: Work, shown: Place) -> None:
    """Draw the form that takes a mask of this page away."""
    st.header("Remove a mask", anchor=False)
    _said("remove")
    if work.is_document:
        st.markdown("In a .docx or .pdf the masks stay: only further words can be masked.")
        return
    with guarded():
        review = work.review
        masks = {f"{e.start}-{e.end}": e for e in review.draft.entities if shown[0] <= e.start < shown[1]}
        if not masks:
            st.markdown("Nothing is masked on this page.")
            return
        turn = st.session_state.get("redaction_remove_turn", 0)
        key = st.selectbox(
            "Mask to remove (of this page)",
            list(masks),
            index=None,
            placeholder="Choose, or type a token or word",
            format_func=lambda one: _mask(review, masks[one]),
            key=f"redaction_mask_{turn}",
        )
        if key is None:
            return
        alike = same_words(review, masks[key])
        with st.form(f"redaction_remove_{turn}"):
            every = len(alike) > 1 and st.checkbox(f"Every place of these words ({len(alike)})")
            reason = _reason("Reason for removing it", REMOVE_REASONS)
            note = _note("remove")
            if st.form_submit_button("Remove the mask", type="primary"):
                places = alike if every else ((masks[key].start, masks[key].end),)
                decide(session.settings(), user, work, lambda now, why: remove(now, places, why), reason, note)
                _done("remove", "remove_turn", "The mask is removed, and the leak test ran again.")


def decisions(work: Work, names: dict[str, str]) -> None:
    """List what was decided: what, who, when and why."""
    from ui.staff.look import html
    from ui.staff.words import when

    if not work.review.decisions:
        return
    st.header("Decisions so far", anchor=False)
    reasons = ADD_REASONS | REMOVE_REASONS
    lines = []
    for one in work.review.decisions:
        token = one.token.strip("<>[]")
        places = f", {one.places} places" if one.places > 1 else ""
        note = f" “{html(one.note)}”" if one.note else ""
        lines.append(
            f"<li><strong>{'Added' if one.kind == 'add' else 'Removed'}</strong> {html(type_words(one.type))} "
            f"({html(token)}{places}) by {html(names.get(one.by, one.by))}, {when(one.at)}. "
            f"{html(reasons[one.reason])}.{note}</li>"
        )
    st.html(f'<ol class="rapt-list">{"".join(lines)}</ol>')


def _reason(label: str, known: Mapping[str, str]) -> str:
    # none is chosen beforehand: a reason that nobody chose is none
    return st.selectbox(label, list(known), index=None, placeholder="Choose a reason", format_func=known.__getitem__) or ""


def _note(key: str) -> str:
    return st.text_input(
        "In your own words (optional; it is printed in the report, so do not repeat what is masked)",
        max_chars=MAX_NOTE,
        key=f"redaction_note_{key}_{st.session_state.get(f'redaction_{key}_turn', 0)}",
    )


def _people(review: Review) -> dict[int, str]:
    tokens = {e.token for e in review.draft.entities if e.token.startswith("<PERSON_")}
    found = {int(token.strip("<>").partition(" ")[0].rpartition("_")[2]): token.strip("<>") for token in tokens}
    return dict(sorted(found.items()))


def _where(review: Review, found: tuple[Place, ...], key: str) -> str:
    if key == EVERY:
        return f"Every place ({len(found)})"
    return f"Only: {_around(review.text, *found[int(key)])}"


def _mask(review: Review, entity: Entity) -> str:
    kind, token = chip(entity)
    return f"{kind + ': ' if kind else ''}{token} for “{' '.join(review.text[entity.start : entity.end].split())}”"


def _around(text: str, start: int, end: int) -> str:
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = ("…" if low else "") + text[low:start]
    return " ".join(f"{before}[{text[start:end]}]{text[end:high]}{'…' if high < len(text) else ''}".split())


def _done(place: str, turn: str, message: str) -> None:
    key = f"redaction_{turn}"
    st.session_state[key] = st.session_state.get(key, 0) + 1  # new keys empty the fields
    st.session_state["redaction_said"] = place
    say(message)
    st.rerun()


def _said(place: str) -> None:
    if st.session_state.get("redaction_said") == place:
        del st.session_state["redaction_said"]
        show_said()
