"""Where in time the events of an archive lie: read from what is compiled, when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers
from tui.archive.extents import Extents
from tui.archive.tracks import Track

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.archive.nearness import Nearness
    from tui.archive.overview import Overview
    from tui.records.record import Kind


class Times:
    """Reads what lanes, and the list of the events near one, are drawn from.

    Args:
        section: decodes what is compiled under a name.
        value: decodes what is compiled for one of many, by its number.
        spans: the numbers of the records of each kind.
    """

    def __init__(
        self,
        section: Callable[[str], Any],
        value: Callable[[str, int], Any],
        spans: Mapping[str, tuple[int, int]],
    ) -> None:
        self._section = section
        self._value = value
        self._spans = spans

    @cached_property
    def extents(self) -> Extents:
        """Give where in time the events lie, one by one."""
        return Extents(
            self._section("extents"),
            lambda name: self._section(f"extents.{name}"),
            lambda number: self._value("others", number),
        )

    @cached_property
    def overview(self) -> Overview:
        """Give where the events are dense, and where silent."""
        from tui.archive.overview import Overview

        return Overview(self._section("overview"))

    def overview_of(self, positions: Sequence[int], *, every: bool) -> Overview:
        """Give where some events are dense, and where silent."""
        from tui.archive.overview import Overview, make_overview

        return self.overview if every else Overview(make_overview(self.extents, positions))

    @cached_property
    def nearness(self) -> Nearness:
        """Give the orders in which the events nearest to one are found."""
        from tui.archive.nearness import Nearness

        return Nearness(self.extents, self._section("nearness"))

    def track(self, kind: Kind, row: int) -> Track:
        """Give the events of the actor, initiative or state in a row."""
        return Track(self._value("track", self._spans[kind][0] + row))

    def stands_apart(self, kinds: Sequence[Kind]) -> bool:
        """Tell whether there are dated events in which no record of some kinds takes part.

        Args:
            kinds: one of the `GROUPS` in `compiling`.
        """
        return ".".join(kinds) in self._section("apart")

    def apart(self, kinds: Sequence[Kind]) -> Track:
        """Give the dated events in which no record of some kinds takes part."""
        return Track(self._section(f"apart.{'.'.join(kinds)}"))

    def rows_in(self, position: int) -> list[tuple[str, int]]:
        """Give the actors and initiatives of an event in the timeline: kind and row of each."""
        linked = self._value("links", self._spans["event"][0] + position)[1]
        return [
            (kind, number - first)
            for number in numbers("I", linked)
            for kind, (first, end) in self._spans.items()
            if first <= number < end
        ]
