"""Administration: what runs, whether it is well, and who may do what. No case is shown here."""

from __future__ import annotations

import streamlit as st

from core.access import Action, allowed
from ui.staff import session
from ui.staff.parts import admin_health, admin_people

VIEWS = {
    "Health checks": admin_health.health,
    "Model files": admin_health.models,
    "Pilots": admin_people.pilots,
    "Audit chain": admin_health.audit_chain,
    "Retention": admin_health.retention_run,
    "People and roles": admin_people.staff,
}
NEEDS = (
    Action.MANAGE_USERS,
    Action.SWITCH_PILOT,
    Action.VERIFY_AUDIT,
    Action.RUN_RETENTION,
    Action.SEE_SCORECARDS,
)


def page() -> None:
    """Draw one view of the administration; each view says what the role does not allow."""
    st.title("Administration", anchor=False)
    user = session.acting_user()
    if not any(allowed(user, action) for action in NEEDS):
        st.info("Your role has nothing to administer. What to do: ask an administrator or an approver.")
        return
    chosen = st.radio("Show", list(VIEWS), horizontal=True)
    VIEWS[str(chosen)](user)
