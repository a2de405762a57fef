"""Pictures of the desk; each was looked at before it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion


class Picture(SingleFileSnapshotExtension):
    """A screen as SVG: opens in a browser, differs line by line."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


SCENES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "desk-dark": ((120, 36), "readout-dark", ()),
    "desk-light": ((120, 36), "readout-light", ()),
    "desk-contrast": ((120, 36), "readout-contrast", ()),
    "desk-narrow": ((80, 24), "readout-dark", ()),
    "undated": ((120, 36), "readout-dark", ("G",)),
    "proof-narrow": ((80, 24), "readout-light", ("space",)),
    "card": ((120, 36), "readout-dark", ("enter",)),
    "card-narrow": ((80, 24), "readout-dark", ("2", "enter")),
    "life": ((120, 36), "readout-light", ("find:extended deterrence", "enter", "pagedown")),
    "promises": ((120, 36), "readout-dark", ("p", "j", "j", "j")),
    "promises-narrow": ((80, 24), "readout-light", ("p",)),
    "promise": ((80, 24), "readout-dark", ("p", "j", "j", "j", "enter")),
    "compare": ((120, 36), "readout-dark", ("2", "find:kim myung-soo", "enter", "c")),
    "compare-narrow": ((80, 24), "readout-light", ("find:kim myung-soo", "enter", "c")),
    "find": ((120, 36), "readout-dark", ("find:extnded deterence",)),
    "find-light": ((120, 36), "readout-light", ("find:김용현",)),
    "find-narrow": ((80, 24), "readout-dark", ("find:extnded deterence",)),
    "find-nothing": ((80, 24), "readout-dark", ("find:lasagna recipe",)),
    "find-lens": (
        (120, 36),
        "readout-light",
        ("find:south korea", "enter", "f", "slash", "ctrl+u", *"deterrence"),
    ),
    "lens": ((120, 36), "readout-dark", ("find:ncg", "enter", "f", "1")),
    "lanes": ((120, 36), "readout-dark", ("v", "j", "right")),
    "lanes-narrow": ((80, 24), "readout-light", ("v", "V", "plus", "plus", "plus")),
    "keys": ((120, 36), "readout-dark", ("question_mark",)),
}


@pytest.mark.parametrize("name", SCENES)
async def test_scene(name: str, desk: Callable[..., Any], snapshot: SnapshotAssertion) -> None:
    size, theme, steps = SCENES[name]
    async with desk(*size) as d:
        d.pilot.app.theme = theme
        await d.pilot.pause()
        for step in steps:
            if step.startswith("find:"):
                await d.press("slash")
                await d.type(step.removeprefix("find:"))
            else:
                await d.press(step)
        await d.pilot.pause()
        d.screen.input.inform(())  # how long a search took differs from run to run
        await d.pilot.pause()
        picture = d.pilot.app.export_screenshot(title="Readout", simplify=True)
        assert picture == snapshot(extension_class=Picture)
