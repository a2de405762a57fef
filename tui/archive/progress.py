"""How far a compilation is, told now and then."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_SECONDS = 0.05


class Progress:
    """Counts steps towards a total and tells somebody, at most twenty times a second."""

    def __init__(self, tell: Callable[[int, int], None] | None, total: int) -> None:
        self._tell = tell
        self._total = max(total, 1)
        self._done = 0.0
        self._told = 0.0

    def add(self, steps: float) -> None:
        """Count some steps."""
        if self._tell is None:
            return
        self._done += steps
        now = monotonic()
        if now - self._told >= _EVERY_SECONDS:
            self._told = now
            self._tell(min(int(self._done), self._total), self._total)
