"""Who is at this browser and which case is open: the only state a session keeps."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from core.access import User
from core.errors import UsageError
from core.profile import Profile, load_profile
from core.settings import Settings, get_settings
from core.users import get_user

PAGES: dict[str, st.Page] = {}
"""The pages by address, filled by the script, for links and for going on to the next step."""


def settings() -> Settings:
    """Return the settings of this process."""
    return get_settings()


@lru_cache(maxsize=1)
def profile() -> Profile:
    """Return the council's profile, read once a process."""
    return load_profile(settings=get_settings())


def acting_user() -> User:
    """Return who acts in this session; raises AccessDenied when the user was switched off meanwhile."""
    user_id = st.session_state.get("user_id", "")
    if not user_id:
        raise UsageError("Nobody is signed in.", "Go to the start page and say who you are.")
    return get_user(settings(), user_id)


def sign_in(user_id: str, *, stay: bool = False) -> None:
    """Make this user the one who acts; forgets everything shown, and the open case unless they ``stay`` on it."""
    for key in list(st.session_state.keys()):
        del st.session_state[key]
    st.session_state["user_id"] = user_id
    if not stay:
        st.query_params.clear()


def sign_out() -> None:
    """Forget who acts and everything shown."""
    sign_in("")


def open_case(case_id: str) -> None:
    """Remember which case the pages show; the address carries its id so that a reload finds it again."""
    if st.session_state.get("case_id") != case_id:
        for key in ("playing", "editing_turn", "section", "source_id"):
            st.session_state.pop(key, None)
    st.session_state["case_id"] = case_id
    st.query_params["case"] = case_id


def case_id() -> str:
    """Return the id of the open case, empty when none is open."""
    chosen = st.session_state.get("case_id") or st.query_params.get("case", "")
    if chosen and st.query_params.get("case") != chosen:
        st.query_params["case"] = chosen
    st.session_state["case_id"] = chosen
    return chosen
