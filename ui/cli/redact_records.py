"""``rapt redact --jsonl``: one record in, one record out, line by line, in memory that does not grow."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from core.disk import disk_full, is_full
from core.errors import BadInput
from core.failures import error_record, exit_code
from ui.cli.common import read_jsonl, say

EVERY_S = 10.0
"""seconds between two lines of progress, when the result is not on the screen itself"""

One = Callable[[dict[str, Any]], dict[str, Any]]


def redact_records(source: str, target: str, one: One) -> int:
    """Write one record per input record as soon as it is done; return the exit code.

    A file appears whole at its name when all are done; on stdout each record is flushed. A bad record becomes
    a record with its error. The exit code is 0 unless every record failed: then it is that of the first.
    """
    if target == "-":
        return _stream(source, sys.stdout, one, lambda done: None)
    path = Path(target)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError:
        raise BadInput(
            "The output file cannot be written there.", "Check that the folder exists.", code="unwritable"
        ) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            code = _stream(source, stream, one, _Teller())
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError as error:
        if is_full(error):
            raise disk_full() from None
        raise
    finally:
        Path(temporary).unlink(missing_ok=True)
    return code


def _stream(source: str, stream: TextIO, one: One, tell: Callable[[int], None]) -> int:
    done = failed = first = 0
    for number, record in enumerate(read_jsonl(source), start=1):
        code, result = 0, {}
        try:
            if isinstance(record, BadInput):
                raise record
            result = one(record)
        except Exception as error:
            label = record.get("id") if isinstance(record, dict) else f"line-{number}"
            result = {"id": label, "error": error_record(error)}
            if findings := getattr(error, "findings", ()):
                result["findings"] = [found.model_dump(mode="json") for found in findings]
            code = exit_code(error)
        stream.write(_line(result))
        if stream is sys.stdout:
            stream.flush()
        done += 1
        failed += bool(code)
        first = first or code
        tell(done)
    if failed:
        say(f"{failed} of {done} records were not redacted; see their errors.")
    return first if failed and failed == done else 0


def _line(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half characters in an id, which is kept as it came
        text = json.dumps(record)
    return text + "\n"


class _Teller:
    """Says how far the work is: after the first record, then every ten seconds."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._last >= EVERY_S:
            self._last = time.monotonic()
            say(f"{done} record{'s' if done > 1 else ''} redacted.")
