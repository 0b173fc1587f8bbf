"""Beginning a redaction: where the text comes from, the policy, and people to hide."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import streamlit as st

from core.access import User
from core.cases import list_cases
from core.errors import BadInput
from core.sources import list_sources
from core.transcripts import latest_transcript
from redaction.policy import DEFAULT, policies
from ui.staff import session
from ui.staff.guard import guarded
from ui.staff.parts.redaction_words import policy_words
from ui.staff.parts.redaction_work import forget, start_case, start_document, start_text
from ui.staff.spool import opened

WAYS = {"paste": "Text I paste", "file": "A file (.txt, .docx or .pdf)", "case": "A transcript of a case"}
MAX_MB = 25
_SPINNER = "Looking for what identifies people… The first time takes half a minute."


def start(user: User) -> None:
    """Draw the choice of a text and begin with it."""
    with guarded():
        way = st.radio("What do you want to redact?", list(WAYS), format_func=WAYS.__getitem__, key="redaction_way")
        text, upload, picked = "", None, None
        if way == "paste":
            text = st.text_area("Text to redact", height=220, key="redaction_text")
        elif way == "file":
            turn = st.session_state.get("redaction_turn", 0)
            upload = st.file_uploader(
                "File to redact", type=["txt", "docx", "pdf"], key=f"redaction_file_{turn}", max_upload_size=MAX_MB
            )
            st.caption(
                f"At most {MAX_MB} MB. In a .docx or .pdf you can mask further words throughout the document; "
                "masks that the program set cannot be removed there. Scanned pages are refused: they hold no words."
            )
        else:
            picked = _transcript(user)
        names = list(policies())
        chosen = st.selectbox(
            "Policy", names, index=names.index(DEFAULT), format_func=policy_words, key="redaction_policy"
        )
        people = st.text_area(
            "People to hide (optional), one a line: name, role",
            height=100,
            key="redaction_people",
            placeholder="Name Surname, mother",
        )
        if way == "case":
            st.caption("The people of the case and the named speakers are hidden in any case.")
        if not st.button("Find what identifies people", type="primary"):
            return
        known = parse_people(people)
        with st.spinner(_SPINNER):
            if way == "case":
                if picked is None:
                    raise BadInput("No transcript is chosen.", "Choose a case that has one.", code="nothing_chosen")
                case_id, source_id, name = picked
                record = latest_transcript(session.settings(), user, source_id)
                if record is None:
                    raise BadInput("The transcript is gone.", "Choose another one.", code="nothing_chosen")
                start_case(session.settings(), user, case_id, record.transcript, name, known, str(chosen))
            elif way == "file":
                _file(user, upload, known, str(chosen))
            else:
                if not text.strip():
                    raise BadInput("There is no text yet.", "Paste the text into the box.", code="nothing_chosen")
                start_text(session.settings(), user, text, known, str(chosen))
        st.rerun()


def parse_people(lines: str) -> list[dict[str, str]]:
    """Return people from lines "name, role"; the role may be missing."""
    people = []
    for line in lines.splitlines():
        name, _, role = line.partition(",")
        if name.strip():
            people.append({"name": " ".join(name.split()), "role": " ".join(role.split())})
    return people


def _file(user: User, upload: Any, known: list[dict[str, str]], policy_name: str) -> None:
    if upload is None:
        raise BadInput("No file is chosen.", "Choose a .txt, .docx or .pdf file.", code="nothing_chosen")
    turn = st.session_state.get("redaction_turn", 0)
    name = PurePath(upload.name).name
    try:
        # what Streamlit holds is only the word that asks for the sealed upload, and it can be asked for once
        with opened(upload.getvalue().decode("ascii", "replace")) as clear:
            data = clear.read()
        if PurePath(name).suffix.lower() == ".txt":
            start_text(session.settings(), user, read_text(data), known, policy_name, name)
        else:
            start_document(session.settings(), user, data, name, known, policy_name)
    finally:
        st.session_state["redaction_turn"] = turn + 1


def read_text(data: bytes) -> str:
    """Return a text file's words; raises BadInput for what is no UTF-8 text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text.", "Save it as plain text (UTF-8).", code="not_text") from None
    if "\x00" in text:
        raise BadInput("The file is not a text.", "Save it as plain text (UTF-8).", code="not_text")
    return text


def _transcript(user: User) -> tuple[str, str, str] | None:
    cases = {case.id: case for case in list_cases(session.settings(), user)}
    if not cases:
        st.info("You have no cases. What to do: open one under Cases.")
        return None
    ids, at = list(cases), session.case_id()
    case_id = st.selectbox(
        "Case",
        ids,
        index=ids.index(at) if at in cases else 0,
        format_func=lambda key: f"{cases[key].reference}: {cases[key].title}",
        key="redaction_case",
    )
    found = {s.id: s for s in list_sources(session.settings(), user, str(case_id)) if s.state == "transcribed"}
    if not found:
        st.info("No recording of this case is transcribed yet. What to do: transcribe one, or choose another case.")
        return None
    source_id = st.selectbox("Transcript of", list(found), format_func=lambda key: found[key].name, key="redaction_source")
    return str(case_id), str(source_id), found[str(source_id)].name


def again() -> None:
    """Draw the button that drops everything and begins anew."""
    if st.button("Start again with another text"):
        forget()
        st.rerun()
