"""The table of commands: add one line here and the module is found, imported only when it is called.

A module exposes ``app``, a ``typer.Typer`` (a group, or one command).
"""

from __future__ import annotations

from typing import NamedTuple


class Lazy(NamedTuple):
    """Where a command lives and its line in ``rapt --help``."""

    module: str
    help: str
    hidden: bool = False


COMMANDS: dict[str, Lazy] = {
    "serve": Lazy("ui.cli.serve", "Start the staff app (and its worker) on this machine."),
    "doctor": Lazy("ui.cli.doctor", "Check models, database, worker, retention and outside connections."),
    "models": Lazy("ui.cli.models", "Fetch, verify and list the pinned model files."),
    "sample": Lazy("ui.cli.sample", "Load the fictional sample council's users and cases."),
    "case": Lazy("ui.cli.case", "Create and list cases."),
    "consent": Lazy("ui.cli.consent", "Record or withdraw consent; withdrawal deletes."),
    "transcribe": Lazy("ui.cli.transcribe", "Turn recordings into transcripts with speakers and times."),
    "redact": Lazy("ui.cli.redact", "Pseudonymise text, .docx and .pdf; fails closed."),
    "search": Lazy("ui.cli.search", "Search a corpus."),
    "visit-notes": Lazy("ui.cli.visit_notes", "Draft a case note from a recording or transcript."),
    "release": Lazy("ui.cli.release", "Release a reviewed note under a named approver, and export it."),
    "evaluate": Lazy("ui.cli.evaluate", "Measure components and pilots; compare runs."),
    "benchmark": Lazy("ui.cli.benchmark", "Measure time, memory and processor against their limits."),
    "findings": Lazy("ui.cli.findings", "List every finding code with its meaning and remedy."),
    "audit": Lazy("ui.cli.audit", "Verify the audit chain."),
    "retention": Lazy("ui.cli.retention", "Delete what has passed its retention date."),
    "worker": Lazy("ui.cli.worker", "Run the job worker (rapt serve starts it).", hidden=True),
}
