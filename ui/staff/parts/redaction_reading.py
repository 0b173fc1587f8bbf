"""Reading a redaction: the document with its masks, what still tells something, changes, and the copy."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.access import User
from core.users import local_users
from redaction.review import Place
from redaction.review_places import in_source, pages, remaining
from ui.staff import session
from ui.staff.look import ask_to_bring, bring_into_view, html, safe, tags
from ui.staff.parts.masked_text import masked_html
from ui.staff.parts.redaction_change import add_mask, decisions, remove_mask
from ui.staff.parts.redaction_out import downloads
from ui.staff.parts.redaction_start import again
from ui.staff.parts.redaction_words import HOW, counted, heading, policy_words
from ui.staff.parts.redaction_work import Work

MOST = 60
"""entries of a list that are shown"""


def reading(user: User, work: Work) -> None:
    """Draw everything about the document under review."""
    review = work.review
    passed = ("Leak test passed", "done") if review.clean else ("Leak test found something", "block")
    count = len(review.draft.entities)
    tags(passed, (f"{count} mask{'s' if count != 1 else ''}", ""), *([("Kept in the case", "done")] if work.stored else []))
    facts = [("Document", work.name or "pasted text"), ("Policy", policy_words(review.policy.name))]
    if review.draft.entities:
        facts.append(("Masked", counted(Counter(entity.type for entity in review.draft.entities))))
    st.html(
        '<dl class="rapt-facts">' + "".join(f"<dt>{html(k)}</dt><dd>{html(v)}</dd>" for k, v in facts) + "</dl>"
    )
    _leaks(work)
    shown = _document(work)
    _remaining(work, shown)
    if work.stored:
        st.info("This copy is kept in the case and can no longer be changed here. To change it, start again.")
    else:
        add_mask(user, work)
        remove_mask(user, work, shown)
    decisions(work, {one.id: one.display_name for one in local_users(session.settings())})
    downloads(user, work)
    again()


def _leaks(work: Work) -> None:
    leaks = work.review.draft.leaks
    if not leaks:
        return
    text = work.review.text
    lines = []
    for leak in leaks[:MOST]:
        start, end = in_source(work.review.draft, leak)
        lines.append(f"- {safe(heading(leak.type))}: “{safe(text[start:end])}” ({safe(leak.reason)})")
    st.error(
        "**The leak test found something: no copy can be taken yet.** What to do: mask these words under "
        "Add a mask.\n\n" + "\n".join(lines)
    )


def _document(work: Work) -> Place:
    with st.container(key="redaction-top"):
        st.header("Document", anchor=False)
        bring_into_view("redaction-top")
    review = work.review
    bounds = pages(review.text, [(e.start, e.end) for e in review.draft.entities])
    number = min(int(st.session_state.get("redaction_page", 0)), len(bounds) - 1)
    if len(bounds) > 1:
        _turn_pages(number, len(bounds), "above")
    st.caption(
        "A framed token stands for masked words. Open one (click, tap, or Tab and Enter) to see why it is masked; "
        "a dashed frame was added by a reviewer. Dotted lines mark what is still in the text."
    )
    st.html('<a class="rapt-skip" href="#after-document">Skip to what comes after the document</a>')
    low, high = bounds[number]
    st.html(f'<div class="rapt-text">{masked_html(review, low, high)}</div>')
    st.html('<div id="after-document" tabindex="-1"></div>')
    if len(bounds) > 1:
        _turn_pages(number, len(bounds), "below")
    return low, high


def _turn_pages(number: int, count: int, place: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"redaction-pages-{place}"):
        if st.button("Previous page", key=f"redaction-previous-{place}", disabled=number == 0):
            _go(number - 1)
        st.markdown(f"Page {number + 1} of {count}")
        if st.button("Next page", key=f"redaction-next-{place}", disabled=number == count - 1):
            _go(number + 1)


def _go(number: int) -> None:
    st.session_state["redaction_page"] = number
    ask_to_bring()
    st.rerun()


def _remaining(work: Work, shown: Place) -> None:
    st.header("Still in the text", anchor=False)
    found = remaining(work.review)
    if not found:
        st.markdown(
            "The recognisers see nothing more that narrows down who somebody is. They do not see everything: "
            "a rare event, a way of speaking or a place known locally can tell."
        )
        return
    text = work.review.text
    here = [one for one in found if shown[0] <= one.start < shown[1]]
    lines = [
        f"<li><strong>{html(heading(one.type))}</strong>: “{html(text[one.start : one.end])}” ({html(HOW[one.how])})</li>"
        for one in here[:MOST]
    ]
    more = len(found) - len(lines)
    st.html(f'<ul class="rapt-list">{"".join(lines)}</ul>' + (f"<div>{more} more on other pages.</div>" if more > 0 else ""))
    for one in work.review.draft.findings:
        if one.code == "quasi_identifiers_left":
            st.warning(f"{safe(one.message)}  \nWhat to do: ask whether somebody who knows the family would recognise them.")
