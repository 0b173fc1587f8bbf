"""One small registry for engines, writers, scorers, checks and recognisers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from core.errors import UsageError

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind, in order of registration.

    Raises UsageError for an unknown name (listing the known ones) and ValueError when a name is
    registered twice: a silent replacement could switch a safeguard off.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that files its argument under ``name``."""

        def add(item: T) -> T:
            self.add(name, item)
            return item

        return add

    def add(self, name: str, item: T) -> None:
        """File ``item`` under ``name``."""
        if name in self._items and self._items[name] is not item:
            raise ValueError(f"{self.kind} {name!r} is registered twice")
        self._items[name] = item

    def get(self, name: str) -> T:
        """Return the thing called ``name``."""
        try:
            return self._items[name]
        except KeyError:
            known = ", ".join(self._items) or "none"
            raise UsageError(f"There is no {self.kind} called {name!r}.", f"Choose one of: {known}.") from None

    def names(self) -> list[str]:
        """Return the names in order of registration."""
        return list(self._items)

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(self._items.items())

    def __contains__(self, name: object) -> bool:
        return name in self._items
