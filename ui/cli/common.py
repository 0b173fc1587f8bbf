"""What every command shares: the acting user, the fixed clock, atomic outputs and batches."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from core import clock
from core.atomic import unwritable, write_text
from core.errors import BadInput, UsageError
from core.failures import error_record, exit_code

if TYPE_CHECKING:
    from core.access import User
    from core.settings import Settings


@dataclass
class CliState:
    """The global options of this call."""

    user: str = ""
    debug: bool = False


_state = CliState()


def configure(*, today: str = "", user: str = "", debug: bool = False) -> None:
    """Take the global options; raises UsageError for a date that is none."""
    if today:
        try:
            clock.fix(date.fromisoformat(today))
        except ValueError:
            raise UsageError(
                "--today wants a date.", "Write it as YYYY-MM-DD, for example 2026-03-31."
            ) from None
    else:
        clock.fix(None)
    _state.user, _state.debug = user, debug


def settings() -> Settings:
    """Return the settings of this process; a wrong key or value is a UsageError that names it."""
    from pydantic import ValidationError

    from core.settings import get_settings

    try:
        return get_settings()
    except ValidationError as error:
        keys = ", ".join(sorted({".".join(str(p) for p in e["loc"]) for e in error.errors()}))
        raise UsageError(
            f"These settings are not right: {keys}.",
            "Check the RAPT_… environment variables and rapt.toml in the home folder.",
        ) from None
    except ValueError as error:  # a TOML file that is not TOML
        raise UsageError("rapt.toml cannot be read.", "Correct its syntax, or remove it.") from error


def open_store() -> Settings:
    """Return the settings after making sure that the store exists and is migrated."""
    from core.migrations import upgrade

    chosen = settings()
    upgrade(chosen)
    return chosen


def acting_user(chosen: Settings) -> User:
    """Return the user named with ``--as``, or the only user of this machine."""
    from core.users import get_user, local_users

    if _state.user:
        return get_user(chosen, _state.user)
    known = local_users(chosen)
    if len(known) == 1:
        return known[0]
    ids = ", ".join(user.id for user in known) or "none yet; run `rapt sample load`"
    raise UsageError("Who is acting?", f"Add --as USER (or set RAPT_USER). Known users: {ids}.")


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the result (stderr)."""
    print(text, file=sys.stderr, flush=True)


def out(text: str) -> None:
    """Write a result to stdout."""
    print(text)


def write_json(target: str | Path, value: Any) -> None:
    """Write ``value`` as JSON to a file, whole or not at all; ``-`` is stdout."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if str(target) == "-":
        out(text)
    else:
        write_text(Path(target), text + "\n")


def check_target(target: str | Path) -> None:
    """Raise BadInput when an output cannot be written there; before hours of work, not after."""
    folder = Path(target).parent
    if str(target) != "-" and not (folder.is_dir() and os.access(folder, os.W_OK) and not Path(target).is_dir()):
        raise unwritable()


MAX_LINE = 200_000_000
"""bytes of one record; a longer line is an error, and is skipped without being held"""


def read_jsonl(source: str | Path) -> Iterator[dict[str, Any] | BadInput]:
    """Yield the records of a JSONL file in order; a line that is no object comes out as its error.

    One line is held at a time; raises BadInput when the file cannot be opened.
    """
    with _opened(source) as stream:
        for number, line in enumerate(_lines(stream), start=1):
            if line is None:
                yield BadInput(
                    f"Line {number} is longer than {MAX_LINE:,} bytes.", "Split the record.", code="too_large"
                )
            elif line.strip():
                yield _record(line, number)


def _opened(source: str | Path) -> AbstractContextManager[IO[bytes]]:
    if str(source) == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except OSError:
        raise BadInput("The input file cannot be read.", "Check its name and your right to read it.") from None


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield lines; None stands for one that is too long."""
    while line := stream.readline(MAX_LINE):
        if len(line) < MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def _record(line: bytes, number: int) -> dict[str, Any] | BadInput:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return BadInput(f"Line {number} is not JSON.", "Each line holds one JSON object.", code="bad_json")
    if isinstance(record, dict):
        return record
    return BadInput(f"Line {number} is not an object.", "Each line holds one JSON object.", code="bad_json")


def write_jsonl(target: str | Path, records: Iterable[dict[str, Any]]) -> None:
    """Write one record a line, whole or not at all; ``-`` is stdout."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if str(target) == "-":
        sys.stdout.write(text)
    else:
        write_text(Path(target), text)


def batch(
    items: Iterable[Any], handle: Callable[[Any], dict[str, Any]], label: Callable[[int, Any], dict[str, Any]]
) -> tuple[list[dict[str, Any]], int]:
    """Return (records in input order, exit code); a bad item gives a record with ``error``.

    The batch goes on after it. ``label`` gives the keys an error record carries besides the error
    (its id). The exit code is 0 unless every item failed: then it is the class of the first failure.
    """
    records: list[dict[str, Any]] = []
    codes: list[int] = []
    for index, item in enumerate(items):
        try:
            if isinstance(item, Exception):
                raise item
            records.append(handle(item))
            codes.append(0)
        except Exception as error:
            records.append({**label(index, item), "error": error_record(error)})
            codes.append(exit_code(error))
    return records, codes[0] if codes and all(codes) else 0
