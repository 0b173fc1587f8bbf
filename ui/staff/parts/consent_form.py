"""Consent as data: the script, the form that records the answer, and the record as it stands."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from core.access import User
from core.clock import now
from core.consent import ConsentForm, ConsentRecord, Told, record_consent
from core.errors import BadInput
from ui.staff import session
from ui.staff.case_state import CaseState
from ui.staff.guard import guarded, say
from ui.staff.look import html, safe
from ui.staff.words import CAPACITY, CONSENT, LONDON, PERSON_ROLES, plain, when

HOW = (
    "Spoken, with the script read out",
    "In writing, on paper",
    "Both spoken and in writing",
    "Through an interpreter",
)


def show_record(record: ConsentRecord) -> None:
    """Draw the consent on record as a list of facts; an agreement that stands is folded away."""
    form = record.form
    told = ", ".join(f"{one.name} ({PERSON_ROLES.get(one.role, one.role)})" for one in form.told)
    facts = {
        "Answer": CONSENT[record.state],
        "Who was told": told,
        "How": form.how,
        "Script version": form.script_version,
        "Capacity": CAPACITY.get(form.capacity, form.capacity),
        "Interpreter": form.interpreter or "none",
        "Lawful basis": form.lawful_basis,
        "Asked": when(form.asked_at),
        "Note": form.note,
    }
    rows = "".join(f"<dt><strong>{html(k)}</strong></dt><dd>{html(v)}</dd>" for k, v in facts.items() if v)
    with st.expander(f"{safe(CONSENT[record.state])}: the record", expanded=record.state != "agreed"):
        st.html(f'<dl class="rapt-facts">{rows}</dl>')


def ask(user: User, state: CaseState) -> None:
    """Draw the script and the form; saving puts the answer on record."""
    council = session.profile()
    script, basis = council.consent, council.lawful_basis.get("visit_notes")
    with st.expander(f"What to say: script {safe(script.version)}", expanded=state.consent == "none"):
        for line in script.text.strip().splitlines():
            st.markdown(safe(line))
    with guarded(), st.form("consent"):
        people = [(one.name, one.role) for one in state.case.people if one.role != "worker"]
        told = [Told(name, role) for name, role in people if _was_told(state.case.id, name, role)]
        others = st.text_input(
            "Anybody else who was told (name and role, commas between people)",
            placeholder="For example: Joan Pell family, Dr Amin professional",
        )
        how = st.selectbox("How they were told", HOW)
        capacity = st.selectbox(
            "Capacity to decide about the recording",
            list(CAPACITY),
            format_func=lambda key: CAPACITY[key],
            index=None,
        )
        interpreter = st.text_input("Interpreter (language and name; leave empty if none)")
        basis_text = "; ".join(part for part in (basis.article_6, basis.article_9) if part) if basis else ""
        basis_text = st.text_input("Lawful basis (from the council profile)", value=basis_text)
        asked = st.text_input(
            "When they were asked (day/month/year hours:minutes; leave empty for now)",
            placeholder="14/03/2026 10:30",
        )
        note = st.text_area("Anything to add", height=80)
        decision = st.radio(
            "Their answer", ["agreed", "refused"], index=None, format_func=plain, horizontal=True
        )
        st.caption(f"Script version {safe(script.version)} is recorded with the answer.")
        if st.form_submit_button("Save the answer", type="primary"):
            if decision is None or capacity is None:
                raise BadInput("The answer or the capacity is not chosen.", "Choose both, then save again.")
            told += [_other(part) for part in others.split(",") if part.strip()]
            form = ConsentForm(
                decision="agreed" if decision == "agreed" else "refused",
                how=str(how or ""),
                script_version=script.version,
                lawful_basis=basis_text,
                told=tuple(told),
                capacity=capacity,  # type: ignore[arg-type]
                interpreter=interpreter.strip(),
                asked_at=parse_time(asked),
                note=note.strip(),
            )
            record_consent(session.settings(), user, state.case.id, form)
            say(
                "Consent is on record. Next: add the recording."
                if decision == "agreed"
                else "The refusal is on record."
            )
            st.rerun()


def _was_told(case_id: str, name: str, role: str) -> bool:
    return st.checkbox(
        f"{safe(name)} ({PERSON_ROLES.get(role, role)}) was told", key=f"told-{case_id}-{name}-{role}"
    )


def _other(text: str) -> Told:
    words = text.split()
    known = {name: key for key, name in PERSON_ROLES.items()} | {key: key for key in PERSON_ROLES}
    role = known.get(words[-1].casefold(), "") if len(words) > 1 else ""
    return Told(" ".join(words[:-1]), role) if role else Told(" ".join(words), "unknown")


def parse_time(text: str) -> datetime | None:
    """Return "14/03/2026 10:30" (London time) as a moment, None when empty.

    Raises BadInput when it is neither, or later than now.
    """
    if not text.strip():
        return None
    try:
        moment = datetime.strptime(" ".join(text.split()), "%d/%m/%Y %H:%M").replace(tzinfo=LONDON)  # noqa: DTZ007
    except ValueError:
        raise BadInput("The time is not readable.", "Write it like 14/03/2026 10:30.") from None
    if moment > now():
        raise BadInput("The time is in the future.", "Give the time at which they were asked.")
    return moment
