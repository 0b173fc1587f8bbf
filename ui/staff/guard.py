"""What a page shows when something goes wrong: message and remedy, never a traceback."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import RaptError
from ui.staff.look import safe

LOG = logging.getLogger("rapt.staff")


@contextmanager
def guarded() -> Iterator[None]:
    """Show an error raised inside as text on the page; also usable as a decorator of a fragment.

    An unforeseen error is logged by type and place only: its own text may quote personal data.
    """
    try:
        yield
    except RaptError as error:
        show(error)
    except Exception as error:
        reference = secrets.token_hex(4)
        places = [
            f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)
        ]
        LOG.error("unforeseen %s (%s) at %s", type(error).__name__, reference, " > ".join(places[-6:]))
        st.error(
            f"**Something went wrong on this page.** Nothing was lost: what you saved before is kept.  \n"
            "What to do: reload the page. If it happens again, tell your administrator the reference "
            f"{reference}."
        )


def show(error: RaptError) -> None:
    """Show one error as what happened and what to do."""
    remedy = f"  \nWhat to do: {coded(error.remedy)}" if error.remedy else ""
    st.error(f"**{safe(error.message)}**{remedy}")


def coded(text: str) -> str:
    """Return a remedy as Markdown: commands in backticks stay code, everything else is plain."""
    parts = text.split("`")
    shown = [f"`{part}`" if number % 2 else safe(part) for number, part in enumerate(parts)]
    return " ".join(shown).replace("` \\.", "`.").replace("` ;", "`;").replace("` ,", "`,").strip()


def say(message: str) -> None:
    """Keep a message for the top of the next run: what was just done."""
    st.session_state["said"] = message


def show_said() -> None:
    """Show the message kept by :func:`say` once."""
    message = st.session_state.pop("said", "")
    if message:
        st.success(safe(message))
