"""The staff app's script: `rapt serve` runs it through Streamlit once per interaction."""

from __future__ import annotations

import streamlit as st

from ui.oidc import oidc_on
from ui.staff import look, session, signin
from ui.staff.guard import guarded, show_said
from ui.staff.start import prepare


def main() -> None:
    """Draw the notice, ask who it is, and run the chosen page."""
    st.set_page_config(layout="centered", initial_sidebar_state="auto")
    from ui.staff.screens import administration, case, cases, note, redaction, release, transcript

    pages = {
        "cases": st.Page(cases.page, title="Cases", url_path="cases", default=True),
        "case": st.Page(case.page, title="Consent and recording", url_path="case"),
        "transcript": st.Page(transcript.page, title="Transcript", url_path="transcript"),
        "note": st.Page(note.page, title="Note", url_path="note"),
        "release": st.Page(release.page, title="Release", url_path="release"),
        "redaction": st.Page(redaction.page, title="Redaction", url_path="redaction"),
        "administration": st.Page(administration.page, title="Administration", url_path="administration"),
    }
    session.PAGES.update(pages)
    # a flat list: section headings of the navigation fail axe
    chosen = st.navigation(list(pages.values()))
    with guarded():
        prepare()
        council = session.profile()
        look.apply(council.name, council.fictional)
        if not signin.ensure_signed_in():
            return
        _who()
        top = st.container()
        chosen.run()
        # a page may have shown it nearer to where the person is
        with top:
            show_said()


def _who() -> None:
    user = session.acting_user()
    teams = {team.id: team.name for team in session.profile().teams}
    with st.sidebar:
        st.caption(f"You are {look.safe(signin.describe(user, teams))}.")
        if oidc_on(session.settings()):
            if st.button("Sign out"):
                signin.leave()
        elif st.button("Change user"):
            session.sign_out()
            st.rerun()


main()
