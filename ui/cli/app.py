"""The top level of ``rapt``: global options, error messages and exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer
from typer.main import get_command

from core.errors import RaptError
from core.failures import error_record, exit_code
from ui.cli.common import configure
from ui.cli.lazy import LazyGroup

app = typer.Typer(
    name="rapt",
    cls=LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_VALUES = ("--today", "--as")


@app.callback()
def globals_(
    today: Annotated[str, typer.Option(help="Fix the clock: YYYY-MM-DD.", metavar="DATE")] = "",
    user: Annotated[str, typer.Option("--as", help="Acting user (local mode).", metavar="USER")] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unforeseen error happened.")] = False,
) -> None:
    """RAPT: council AI pilots on your own machines; nothing is decided or released by the machine alone."""
    configure(today=today, user=user or os.environ.get("RAPT_USER", ""), debug=debug)


def run_app(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors go to stderr as message and remedy."""
    try:
        get_command(app).main(args=_globals_first(arguments), prog_name="rapt", standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left; nothing to say to anybody
        return 0
    except Exception as error:
        record = error_record(error)
        print("\n".join(part for part in (record["message"], record["remedy"]) if part), file=sys.stderr)
        if "--debug" in arguments and not isinstance(error, RaptError):
            # frames only: the error's own text may hold personal data
            print("".join(traceback.format_tb(error.__traceback__)), type(error).__name__, file=sys.stderr)
        return exit_code(error)
    return 0


def _globals_first(arguments: list[str]) -> list[str]:
    """Move --today, --as and --debug before the command's name: people write them anywhere."""
    front: list[str] = []
    rest: list[str] = []
    queue = list(arguments)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word == "--debug":
            front.append(word)
        elif word in _VALUES and queue:
            front += [word, queue.pop(0)]
        elif word.startswith(tuple(f"{name}=" for name in _VALUES)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest
