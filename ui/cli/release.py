"""``rapt release``: a reviewed draft leaves RAPT under a named approver, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.common import open_store, say

if TYPE_CHECKING:
    from core.release import ReleasedPayload

app = typer.Typer()

FORMATS = {".docx": "to_docx", ".pdf": "to_pdf", ".json": "to_json", ".txt": "to_text"}


@app.command()
def release(
    case: Annotated[str, typer.Argument(help="Case id or reference.")],
    approver: Annotated[str, typer.Option(help="User id of the approver.", metavar="NAME")],
    target: Annotated[
        Path, typer.Option("--out", help="File to write: .docx, .pdf, .json or .txt.", metavar="FILE")
    ],
) -> None:
    """Release the case's reviewed draft and export it.

    Exit 3, and no file, while a blocking finding is open, a section is undecided, or the approver
    lacks the role.
    """
    from core import release as service
    from core.atomic import write_bytes
    from core.cases import get_case
    from core.errors import UsageError
    from core.users import get_user
    from ui.compose import load

    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError("That kind of file cannot be written.", f"End the name in {', '.join(FORMATS)}.")
    load()
    settings = open_store()
    user = get_user(settings, approver)
    found = get_case(settings, user, case)
    record = service.release(settings, user, found.id)
    payload = service.ensure_released(settings, user, record)
    made = exporter(payload, suffix)(payload)
    write_bytes(target, made if isinstance(made, bytes) else made.encode("utf-8"))
    say(f"Released and exported as {suffix[1:]}.")


def exporter(payload: ReleasedPayload, suffix: str) -> Callable[[ReleasedPayload], bytes | str]:
    """Return the pilot's own writer of that kind of file."""
    from importlib import import_module

    return getattr(import_module(f"pilots.{payload.pilot}"), FORMATS[suffix])
