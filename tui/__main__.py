"""The way in: a terminal or a pipe. The desk is imported last, and nothing it does not need."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and give its exit code."""
    try:
        code = _run(sys.argv[1:])
        from tui.plain import finish

        finish()
    except KeyboardInterrupt:
        return 130
    return code


def _run(argv: list[str]) -> int:
    link = next((word for word in argv if word[:8].casefold() == "readout:"), None)
    match [word for word in argv if word is not link]:
        case []:
            return _open_desk(None, link)
        case ["--archive", path] if path:
            return _open_desk(path, link)
        case [option] if option.startswith("--archive=") and option[10:]:
            return _open_desk(option[10:], link)
    from tui.cli import run

    return run(argv)


def _open_desk(archive: str | None, link: str | None) -> int:
    from tui.commands import desk

    try:
        return desk.run(archive, link)
    except Exception as error:
        from tui.cli import refuse

        return refuse(error)


if __name__ == "__main__":
    sys.exit(main())
