"""What the desk's own drawing costs a key: the screen in this process, without a terminal.

    uv run python tests/benchmarks/rendering.py [ARCHIVE]

Each key's action is timed by itself, in CPU milliseconds; what Textual does afterwards to show the
rows that changed is not. `lanes alone` is the box of the lanes without the card beside it, which
follows the cursor. Prints JSON: the first time, the median and the longest of each.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import ReadoutApp
from tui.archive import open_archive
from tui.desk.panes.timeline import TimelinePane
from tui.desk.screens.desk import DeskScreen
from tui.paths import data

if TYPE_CHECKING:
    from tui.archive import Library

Do = str | Callable[[TimelinePane], object]
SERIES: tuple[tuple[str, Do, int], ...] = (
    ("move", "move(1)", 20), ("page", "page(1.0)", 10), ("last", "edge(1)", 1),
    ("first", "edge(-1)", 1), ("lens", "lens", 1), ("clear lens", "clear_lens", 1),
    ("lanes", "lanes('switch')", 1), ("lanes: later", "turn(1)", 10),
    ("lanes: down", "move(1)", 10), ("lanes: zoom in", "lanes('in')", 8),
    ("lanes: zoom out", "lanes('out')", 12),
    ("lanes alone: later", lambda pane: pane.turn(1), 10),
    ("lanes alone: down", lambda pane: pane.move(1), 10),
    ("lanes alone: up", lambda pane: pane.move(-1), 10),
    ("lanes: group", "lanes('group')", 9),
    ("lanes: last", "edge(1)", 1), ("lanes: first", "edge(-1)", 1), ("near", "lanes('near')", 1),
)  # fmt: skip


async def measure(library: Library) -> dict[str, float]:
    """Carry out every action and time it."""
    found: dict[str, float] = {}
    app = ReadoutApp(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        gc.collect()
        gc.freeze()
        screen = app.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        for name, do, times in SERIES:
            took = []
            for _ in range(times):
                began = time.process_time()
                if isinstance(do, str):
                    await screen.run_action(do)
                else:
                    do(screen.timeline)
                took.append((time.process_time() - began) * 1e3)
                await pilot.pause()
            took_again = sorted(took[1:] or took)
            found[f"render {name}: first ms"] = took[0]
            found[f"render {name}: median ms"] = took_again[len(took_again) // 2]
            found[f"render {name}: longest ms"] = max(took_again)
    return found


def main() -> None:
    """Measure the archive given, or the one that ships."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else data("content")
    print(json.dumps(asyncio.run(measure(open_archive(root))), indent=1))


if __name__ == "__main__":
    main()
