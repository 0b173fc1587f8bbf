"""Kernel of RAPT: evidence, cases, consent, review, release, audit, retention, access, jobs, model files.

There is no AI here. Import from the modules (``core.evidence``, ``core.errors``, …): the door
stays light so that the command line starts fast.
"""

from core.clock import now, today
from core.errors import RaptError

__all__ = ["RaptError", "now", "today"]
