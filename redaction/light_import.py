"""Importing Presidio and spaCy without the engines they would bring along.

Both import PyTorch and Transformers whenever these are installed, which takes longer than all the rest of
redaction's start; none of our recognisers uses them through Presidio or spaCy.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_LEFT_OUT = frozenset({"torch", "transformers", "stanza", "gliner", "flair", "spacy_huggingface_pipelines", "tensorflow", "cupy"})
_WANTED = ("spacy", "presidio_analyzer")
_LOCK = threading.Lock()


class _NotHere(MetaPathFinder):
    """Says of some modules that they are not installed, to one thread only: another may need them right now."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise ModuleNotFoundError for a module that is left out; return None for every other."""
        if fullname.partition(".")[0] in _LEFT_OUT and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is left out here", name=fullname)
        return None


def import_light() -> None:
    """Import what the recognisers stand on; does nothing the second time."""
    with _LOCK:
        if all(name in sys.modules for name in _WANTED):
            return
        finder = _NotHere()
        sys.meta_path.insert(0, finder)
        try:
            for name in _WANTED:
                import_module(name)
        finally:
            sys.meta_path.remove(finder)
