"""The command line ``rapt``."""

from __future__ import annotations

__all__ = ["main", "run"]


def main() -> None:
    """Run the command line on this process's arguments and leave with its exit code."""
    import sys

    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code (CONTRACT) and never shows a traceback without ``--debug``."""
    from ui.cli.app import run_app

    return run_app(arguments)
