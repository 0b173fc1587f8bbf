"""The turns of a transcript: read, hear exactly one, correct its words; the original can always be seen."""

from __future__ import annotations

import streamlit as st

from core.access import User
from core.evidence import Transcript, Turn
from core.transcripts import TranscriptRecord, correct_turn, original_transcript
from ui.staff import session
from ui.staff.guard import guarded, say
from ui.staff.look import html
from ui.staff.parts.player import play_button, player
from ui.staff.parts.speakers import display_name
from ui.staff.words import clock

PER_PAGE = 50
UNSURE = 0.45
"""words less sure than this are named under the turn; few, because a page full of marks is not read"""
MOST_UNSURE = 3


def turns(user: User, record: TranscriptRecord) -> None:
    """Draw the search, the pages and the turns."""
    st.header("What was said", anchor=False)
    transcript = record.transcript
    wanted = st.text_input("Find words in the transcript", key="find_turn").strip().casefold()
    found = [i for i, turn in enumerate(transcript.turns) if wanted in turn.text.casefold()]
    if wanted:
        st.markdown(f"{len(found)} of {len(transcript.turns)} turns have these words.")
    if not found:
        st.info("No turn has these words. What to do: shorten or clear the search.")
        return
    pages = -(-len(found) // PER_PAGE)
    number = 1
    if pages > 1:
        number = int(st.number_input(f"Page (of {pages})", 1, pages, 1, key="turns_page"))
    original = original_transcript(session.settings(), user, record.source_id)
    _list(
        user,
        record,
        original.transcript if original else transcript,
        found[(number - 1) * PER_PAGE : number * PER_PAGE],
    )


@st.fragment
@guarded()
def _list(user: User, record: TranscriptRecord, original: Transcript, indexes: list[int]) -> None:
    for index in indexes:
        _turn(user, record, original, index)


def _turn(user: User, record: TranscriptRecord, original: Transcript, index: int) -> None:
    turn = record.transcript.turns[index]
    before = original.turns[index].text if index < len(original.turns) else turn.text
    with st.container(border=True, gap="small", key=f"turn-{index}"):
        left, right = st.columns([5, 3], vertical_alignment="center")
        left.html(_words(record.transcript, turn, corrected=before != turn.text))
        with right.container(horizontal=True, horizontal_alignment="right"):
            play_button(f"turn-{index}", f"Play turn, {clock(turn.start)}")
            st.button(f"Correct, {clock(turn.start)}", key=f"correct-{index}", on_click=_edit, args=(index,))
        player(user, record.source_id, f"turn-{index}", turn.start, turn.end)
        if st.session_state.get("editing_turn") == index:
            _form(user, record, index, before)


def _words(transcript: Transcript, turn: Turn, *, corrected: bool) -> str:
    marks = ""
    if turn.overlap:
        marks += '<span class="rapt-tag warn">people speak at the same time</span>'
    if corrected:
        marks += '<span class="rapt-tag">corrected</span>'
    words = [] if corrected else unsure_words(turn)
    unsure = f'<div class="time">Hard to hear, listen again: {html(", ".join(words))}</div>' if words else ""
    return (
        f'<div class="rapt-turn"><span class="who">{html(display_name(transcript, turn.speaker))}</span> '
        f'<span class="time">{clock(turn.start)} to {clock(turn.end)}</span> {marks}'
        f"<div>{html(turn.text)}</div>{unsure}</div>"
    )


def unsure_words(turn: Turn) -> list[str]:
    """Return the few words of a turn that recognition was least sure of, without short everyday ones."""
    low = [word for word in turn.words if word.probability < UNSURE and _matters(word.text)]
    return [word.text.strip(" ,.?!") for word in sorted(low, key=lambda word: word.probability)[:MOST_UNSURE]]


def _matters(text: str) -> bool:
    bare = text.strip(" ,.?!’'\"").casefold()
    return len(bare) > 4 or any(letter.isdigit() for letter in bare) or bare in ("no", "not", "never")


def _form(user: User, record: TranscriptRecord, index: int, before: str) -> None:
    turn = record.transcript.turns[index]
    with guarded(), st.form(f"turn-form-{index}"):
        text = st.text_area(f"Words of the turn at {clock(turn.start)}", value=turn.text)
        if before != turn.text:
            st.html(f'<div class="rapt-quote"><strong>As first recognised:</strong> {html(before)}</div>')
        st.caption("The times stay, and what was first recognised is kept.")
        with st.container(horizontal=True):
            save = st.form_submit_button("Save the correction", type="primary")
            leave = st.form_submit_button("Leave it as it is")
        if save:
            correct_turn(session.settings(), user, record.source_id, index, text, based_on=record.version)
            say(f"The turn at {clock(turn.start)} is corrected.")
        if save or leave:
            st.session_state["editing_turn"] = None
            st.rerun(scope="app" if save else "fragment")


def _edit(index: int) -> None:
    st.session_state["editing_turn"] = index
