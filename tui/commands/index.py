"""`readout index`: bring the search index up, read it whole, and say what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import shapes
from tui.commands.refusal import RefusalError
from tui.commands.waiting import open_engine
from tui.plain import counted, emit, emit_exact

if TYPE_CHECKING:
    from tui.archive import Library


def run(library: Library, *, as_json: bool = False) -> int:
    """Build what is missing, check what is kept to the last byte, print passages, size and place.

    Raises:
        RefusalError: it cannot be kept.
    """
    engine, built = open_engine(library, whole=True)
    if engine.folder is None:
        raise RefusalError("cache", engine.notice.rstrip("."), "searching works without it")
    size = sum(path.stat().st_size for path in engine.folder.rglob("*") if path.is_file())
    state = "built" if built else "up to date"
    if as_json:
        shape = {
            "passages": library.passage_count,
            "bytes": size,
            "path": str(engine.folder),
            "state": state,
        }
        emit_exact(shapes.dumps(shape))
    else:
        emit(f"{counted(library.passage_count, 'passage')} · {size / 1e6:,.1f} MB · {state}")
        emit((str(engine.folder), "dim"))
    return 0
