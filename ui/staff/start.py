"""What happens once a process before the first page: tables up to date, pilots and components known."""

from __future__ import annotations

import streamlit as st

from core.migrations import upgrade
from core.settings import get_settings


@st.cache_resource(show_spinner="Starting…")
def prepare() -> bool:
    """Upgrade the database and let every component register itself; True when done."""
    from ui.compose import load

    upgrade(get_settings())
    load()
    return True
