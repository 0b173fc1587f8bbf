"""A command group that imports a command's module only when that command is called."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ui.cli.commands import COMMANDS


class LazyGroup(TyperGroup):
    """The top level of ``rapt``: names and help come from the table, bodies from their modules."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names whose module is there, in the table's order."""
        return [name for name, row in COMMANDS.items() if find_spec(row.module)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the loaded command, or a light stand-in that only carries its help."""
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        row = COMMANDS.get(cmd_name)
        if row is None or not find_spec(row.module):
            return None
        return TyperCommand(name=cmd_name, help=row.help, hidden=row.hidden)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the module of the command that was called, then resolve it."""
        if args and args[0] not in self.commands and self.get_command(ctx, args[0]) is not None:
            row = COMMANDS[args[0]]
            app: typer.Typer = import_module(row.module).app
            command = get_command(app)
            command.name = args[0]
            command.help = command.help or row.help
            self.commands[args[0]] = command
        return super().resolve_command(ctx, args)
