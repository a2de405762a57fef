"""What `python -m tui.search.child` does: build an index beside the desk that started it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from tui.search.building import built_once, paced
from tui.search.store import Store

FAILED = 3


def say(line: str) -> None:
    """Write a line to whoever started this process."""
    sys.stdout.buffer.write(line.encode("ascii", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has gone, or wants no more of it."""
    import contextlib

    with contextlib.suppress(OSError, ValueError):
        while os.read(0, 1):
            pass
    os._exit(0)


def main(root: str, cache: str) -> int:
    """Build the index of an archive, saying on the pipe how far it is; give the exit code.

    Lines are `progress DONE TOTAL`, `early` when a part can be searched, `failed WHY`.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    from tui.archive import open_archive

    library = open_archive(Path(root), cache=Path(cache))
    store = Store(Path(cache), library.root)
    try:
        store.prepare()
        tell = paced(lambda p: say(f"progress {p.done} {p.total}"))
        built_once(library, store, None, tell, lambda _: say("early"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).split("\n")[0]
        say(f"failed {why}")
        return FAILED
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[1:3])
    sys.stdout.flush()
    os._exit(code)  # nothing is left to tidy up, and tidying a million words takes a second
