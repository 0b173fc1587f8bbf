"""``rapt redact`` on a .docx or .pdf: its redacted twin beside it, and what a person must still look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadInput, UsageError
from ui.cli.common import say

if TYPE_CHECKING:
    from core.settings import Settings
    from redaction.documents.kinds import Box

_STARTS = {b"PK\x03\x04": ".docx", b"%PDF": ".pdf"}


def document_type(path: Path) -> str:
    """Return ".docx" or ".pdf" by the file's name or first bytes, else an empty string."""
    if path.suffix.lower() in _STARTS.values():
        return path.suffix.lower()
    try:
        with path.open("rb") as stream:
            return _STARTS.get(stream.read(4), "")
    except OSError:
        return ""


def redact_file(
    chosen: Settings,
    file: Path,
    target: str,
    people: list[dict[str, str]],
    *,
    policy: str,
    rasterise: bool,
    boxes: Path | None,
) -> None:
    """Write the redacted copy (default: NAME.redacted.docx beside the original) and say what was done."""
    from redaction.documents import redact_document

    suffix = document_type(file)
    out = Path(target) if target != "-" else file.with_name(f"{file.stem}.redacted{suffix}")
    report = redact_document(
        file,
        out,
        settings=chosen,
        people=people,
        policy_name=policy,
        rasterise=rasterise,
        boxes=read_boxes(boxes) if boxes else None,
    )
    say(f"Written: {out.name}")
    say("Replaced: " + (", ".join(f"{kind} {n}" for kind, n in sorted(report.types.items())) or "nothing") + ".")
    if report.places:
        say("Where: " + ", ".join(f"{place} {n}" for place, n in report.places.items()) + ".")
    for one in report.findings:
        say(one.message)


def read_boxes(path: Path) -> dict[int, list[Box]]:
    """Return page → boxes of a JSON file ``{"1": [[left, top, right, bottom], …]}``; raises BadInput, UsageError."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise UsageError("The file of boxes cannot be read.", 'It holds {"1": [[left, top, right, bottom]]}.') from None
    try:
        return {int(page): [_box(one) for one in listed] for page, listed in value.items()}
    except (AttributeError, TypeError, ValueError):
        raise BadInput(
            "The file of boxes is not as it should be.",
            'Give {"1": [[left, top, right, bottom]]} in points from the top left corner of the page.',
            code="bad_boxes",
        ) from None


def _box(one: list[float]) -> Box:
    left, top, right, bottom = (float(value) for value in one)
    return left, top, right, bottom
