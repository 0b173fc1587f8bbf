"""The look: the style sheet, and Markdown made safe for people's words."""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files

import streamlit as st

CSS = "<style>\n" + files("ui.staff").joinpath("style.css").read_text("utf-8") + "</style>"

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>$:<&])")


def safe(text: str) -> str:
    """Return text for Markdown in which nothing of it acts: no markup, HTML, emoji code or formula."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def html(text: str) -> str:
    """Return text for HTML in which nothing of it acts."""
    return escape(" ".join(text.split()))


def coded_html(text: str) -> str:
    """Return a message of ours as HTML: commands in backticks become code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html(text))


def tag(text: str, kind: str = "") -> str:
    """Return HTML of a small label; its words say everything, the colour only repeats it."""
    return f'<span class="rapt-tag {kind}">{escape(text)}</span>'


def tags(*pairs: tuple[str, str]) -> None:
    """Show several small labels in a row."""
    st.html("".join(tag(text, kind) for text, kind in pairs))


_BRING = """<script>
const place = document.querySelector('.st-key-{key}');
if (place) {{
  place.scrollIntoView({{ block: 'start' }});
  const heading = place.querySelector('h1, h2, h3');
  if (heading) {{ heading.tabIndex = -1; heading.focus({{ preventScroll: true }}); }}
}}
</script><span hidden>{number}</span>"""


def bring_into_view(key: str) -> None:
    """Scroll to the container of this key and move the keyboard there, once after :func:`ask_to_bring`.

    Without it a person who decided at the foot of a section would stay at the foot of the next.
    """
    number = st.session_state.pop("bring", 0)
    if number:
        st.html(_BRING.format(key=key, number=number), unsafe_allow_javascript=True)


def ask_to_bring() -> None:
    """Let the next run scroll to its place; counted, because the same script would not run twice."""
    st.session_state["brought"] = st.session_state.get("brought", 0) + 1
    st.session_state["bring"] = st.session_state["brought"]


def apply(council: str, fictional: bool) -> None:
    """Put the style on the page, and the notice that the council is fictional when it is."""
    st.html(CSS)
    if fictional:
        st.html(
            f'<div class="rapt-banner" role="note"><strong>{escape(council)}</strong> is a fictional '
            "sample council. Do not put real people’s details here.</div>"
        )
