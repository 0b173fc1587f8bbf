"""Administration: the doctor's checks, the model files, the audit chain and the retention run."""

from __future__ import annotations

import streamlit as st

from core import audit, retention
from core.access import Action, User, allowed
from core.health import run_checks
from core.model_files import manifest, problems
from ui.staff import session
from ui.staff.guard import guarded
from ui.staff.look import coded_html, html, safe, tag
from ui.staff.words import plain, when

SEVERITIES = {"ok": ("OK", "done"), "warn": ("Look at this", "warn"), "fail": ("Failed", "block")}


def health(user: User) -> None:
    """Draw the checks `rapt doctor` makes, with a remedy for each that is not well."""
    st.header("Health checks", anchor=False)
    st.write("The same checks as `rapt doctor`: models, database, worker, retention and outside connections.")
    if not st.button("Run the checks", type="primary"):
        return
    with guarded(), st.spinner("Checking…"):
        rows = sorted(
            run_checks(session.settings()), key=lambda one: ("fail", "warn", "ok").index(one.severity)
        )
        for one in rows:
            words, kind = SEVERITIES[one.severity]
            advice = coded_html(one.remedy)
            remedy = f"<br>What to do: {advice}" if one.remedy and one.severity != "ok" else ""
            samples = f"<br>{html(', '.join(map(str, one.samples)))}" if one.samples else ""
            st.html(
                f"<div>{tag(words, kind)} <strong>{html(plain(one.name))}:</strong> "
                f"{coded_html(one.message)}{samples}{remedy}</div>"
            )


def models(user: User) -> None:
    """Draw every pinned model file with its purpose, licence and whether its hash is right."""
    st.header("Model files", anchor=False)
    found, _ = manifest()
    for one in found.values():
        wrong = problems(one.name, session.settings())
        missing = bool(wrong) and one.use != "default"
        state = (
            tag("Not installed (optional)")
            if missing
            else tag("Wrong or missing", "block")
            if wrong
            else tag("Verified", "done")
        )
        with st.container(border=True):
            st.html(
                f"<div><strong>{html(one.name)}</strong> {state}<br>{html(one.purpose)}<br>"
                f"Licence: {html(one.licence)}. From: {html(one.origin)}.</div>"
            )
    st.markdown("What to do when a file is wrong or missing: run `rapt models pull`.")


def audit_chain(user: User) -> None:
    """Draw the result of walking the audit chain, and its newest lines."""
    st.header("Audit chain", anchor=False)
    if not allowed(user, Action.VERIFY_AUDIT):
        st.info("Your role does not verify the audit chain. What to do: ask an administrator.")
        return
    with guarded():
        if st.button("Verify the audit chain", type="primary"):
            result = audit.verify(session.settings(), user)
            if result.ok:
                st.success(f"{safe(result.message)} {result.events} events.")
            else:
                st.error(f"**{safe(result.message)}**  \nWhat to do: {safe(result.remedy)}")
        rows = "".join(
            f"<tr><td>{one.seq}</td><td>{html(one.at[:19].replace('T', ' '))}</td><td>{html(one.actor)}</td>"
            f"<td>{html(plain(one.action))}</td><td>{html(one.subject)}</td></tr>"
            for one in audit.events(session.settings(), user, limit=20)
        )
        st.html(
            "<div class='rapt-scroll' tabindex='0' role='region' aria-label='Newest events'>"
            "<table class='rapt-table'>"
            "<caption>The 20 newest events (ids only, never content; times in UTC)</caption>"
            "<thead><tr><th scope='col'>No.</th><th scope='col'>Time</th><th scope='col'>Who</th>"
            "<th scope='col'>What</th><th scope='col'>About</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )


def retention_run(user: User) -> None:
    """Draw when retention last ran, the periods, and the button that runs it."""
    st.header("Retention", anchor=False)
    settings, days = session.settings(), session.profile().retention_days
    st.markdown(
        "Kept for: " + ", ".join(f"{plain(kind).lower()} {count} days" for kind, count in days.items()) + "."
    )
    st.markdown(f"Last run: {when(retention.last_run(settings))}.")
    if not allowed(user, Action.RUN_RETENTION):
        st.info("Your role does not run retention. What to do: ask an administrator.")
        return
    with guarded():
        if st.button("Delete what is past its period", type="primary"):
            report = retention.run(settings, user, periods=retention.Periods.of({**days}))
            counts = ", ".join(
                f"{plain(kind).lower()} {count}" for kind, count in report.counts.items() if count
            )
            st.success(f"Done. Deleted: {safe(counts) or 'nothing was past its period'}.")
