"""A scripted hostile model server, to show that what a model invents does not pass."""

from evaluation.hostile.server import MODES, HostileServer

__all__ = ["MODES", "HostileServer"]
