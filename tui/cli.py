"""The commands: read the arguments, run one, and say plainly what went wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tui.commands import desk
from tui.commands.desk import archive_root
from tui.commands.refusal import RefusalError
from tui.plain import clean, complain, emit, finish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library

VERBS = ("find", "show", "list", "check", "index")
LATER = ("new", "add", "export", "serve")
KINDS = [
    "events",
    "people",
    "organizations",
    "states",
    "initiatives",
    "sources",
    "notes",
    "disagreements",
    "promises",
]
EPILOG = """\
exit codes: 0 done or found, 1 nothing found or faults, 2 refused,
            128+n ended by a signal

examples:
  readout find "extnded deterence"
  readout show "kim myung-soo"
  readout list events --json
  readout check
"""


def run(argv: Sequence[str]) -> int:
    """Run one command; give the exit code. Never raises but SystemExit and KeyboardInterrupt."""
    as_json = "--json" in argv
    try:
        _know(argv)
        return _dispatch(_parser().parse_args(list(argv)))
    except Exception as error:
        return refuse(error, as_json=as_json)


def refuse(error: Exception, *, as_json: bool = False) -> int:
    """Say in one line why there is no answer; give the exit code."""
    refusal = error if isinstance(error, RefusalError) else _explained(error)
    if as_json:
        from tui.commands.shapes import dumps

        _tell(dumps(refusal.shape()))
        return refusal.status
    complain(f"{refusal.message}; {refusal.remedy}" if refusal.remedy else refusal.message)
    for candidate in refusal.more.get("candidates", ()):
        emit(f"  {candidate['name']}  ", (candidate["id"], "dim"), f"  {candidate['why']}".rstrip())
    return refusal.status


def _dispatch(asked: argparse.Namespace) -> int:
    if asked.verb is None:
        return desk.run(asked.archive)
    if asked.verb == "check":
        from tui.commands import check

        root = archive_root(asked.archive)
        return check.run(root, asked.paths, as_json=asked.json, opened=asked.open)
    library = _open(archive_root(asked.archive))
    if asked.verb == "find":
        from tui.commands import find

        query = " ".join(asked.query)
        if not asked.stdin and not query.strip():
            raise RefusalError("usage", "find needs a query", "readout find QUERY, or --stdin")
        return find.run(
            library,
            query,
            limit=asked.limit,
            only=asked.only,
            earliest=asked.earliest,
            latest=asked.latest,
            many=asked.stdin,
            as_json=asked.json,
        )
    if asked.verb == "index":
        from tui.commands import index

        return index.run(library, as_json=asked.json)
    if asked.verb == "show":
        from tui.commands import show

        return show.run(library, " ".join(asked.name), as_json=asked.json)
    from tui.commands import listing

    return listing.run(library, asked.kind, as_json=asked.json, as_csv=asked.csv)


def _open(root: Path) -> Library:
    from tui.commands.waiting import open_library

    library = open_library(root)
    if library.skipped:
        complain(f"{library.skipped} left out because of faults; readout check says which")
    return library


def _explained(error: Exception) -> RefusalError:
    from tui.archive import ArchiveError

    if isinstance(error, ArchiveError):
        return RefusalError("archive", str(error), "name one with --archive PATH")
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return RefusalError("file", f"{where}{error.strerror or error}")
    if isinstance(error, ImportError) and error.name:
        return RefusalError("install", f"{error.name} is missing", "install readout-tui again")
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = ""
    if frame is not None:
        where = f" in {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}"
    from tui.crash import keep

    path = keep(error)
    kept = f"; what happened stands in {path}" if path else ""
    message = f"this is a fault of readout itself: {type(error).__name__}{where}{kept}"
    return RefusalError("internal", message, "please report it with the command you gave")


def _tell(line: str) -> None:
    """Write a machine-readable error to standard error."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except OSError:
            pass


class _Parser(argparse.ArgumentParser):
    """A parser whose every word leaves through the one door."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.color = False  # since Python 3.14 help is coloured, which the door would spell out

    def error(self, message: str) -> NoReturn:
        """Refuse, suggesting the nearest command."""
        raise RefusalError("usage", clean(message), f"{self.prog} --help")

    def _print_message(self, message: str, file: Any = None) -> None:
        del file
        if message:
            emit(message, end="")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave, with everything written."""
        if message:
            complain(message)
        finish()
        raise SystemExit(status)


class _Version(argparse.Action):
    """Look the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            emit(f"readout {version('readout-tui')}")
        except PackageNotFoundError:
            emit("readout, from a folder without its metadata")
        parser.exit()


def _know(argv: Sequence[str]) -> None:
    """Refuse a command that does not exist before the parser words it worse."""
    words = iter(argv)
    for word in words:
        if word == "--archive":
            next(words, None)
        elif not word.startswith("-"):
            break
    else:
        return
    if word in VERBS:
        return
    if word in LATER:
        raise RefusalError("later", f"{word} is not built yet", "CHANGELOG.md says what is")
    import difflib

    near = difflib.get_close_matches(word.casefold(), VERBS, 1, 0.5)
    remedy = f"did you mean readout {near[0]}?" if near else f"to search: readout find {word!r}"
    raise RefusalError("usage", f"there is no command {word!r}", remedy)


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text[:9]) > 0 or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--archive", metavar="PATH", help="another archive than the one that ships")
    shared.add_argument("--json", action="store_true", help="print JSON, in ASCII")
    parser = _Parser(
        prog="readout",
        description="A reading desk for alliance diplomacy: who, what and when, each with its "
        "proof.\nWithout a command it opens the desk.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--archive", metavar="PATH", help="or set READOUT_ARCHIVE")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    parser.set_defaults(verb=None)
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", parser_class=_Parser)
    _add_find(verbs, shared)
    show = _add(verbs, shared, "show", "show one record or source, every fact with its evidence")
    show.add_argument(
        "name", nargs="+", metavar="NAME", help="an id, a name, an alias, a near miss"
    )
    listing = _add(verbs, shared, "list", "list everything of one kind")
    listing.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    listing.add_argument("--csv", action="store_true", help="print CSV, safe for spreadsheets")
    check = _add(verbs, shared, "check", "say what is wrong with an archive or a draft, and where")
    _add(verbs, shared, "index", "bring the search index up, and say where and how large it is")
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="archives, files of one, drafts (.md, .txt, -)"
    )
    check.add_argument(
        "--open", type=_positive, metavar="N", help="open the desk at a draft's N-th finding"
    )
    return parser


def _add(verbs: Any, shared: argparse.ArgumentParser, name: str, says: str) -> Any:
    return verbs.add_parser(
        name, parents=[shared], help=says, description=says.capitalize() + ".", allow_abbrev=False
    )


def _add_find(verbs: Any, shared: argparse.ArgumentParser) -> None:
    find = _add(verbs, shared, "find", "find records and passages")
    find.add_argument("query", nargs="*", metavar="QUERY", help="words; typos are forgiven")
    find.add_argument("--limit", type=_positive, default=10, metavar="N", help="at most N (10)")
    find.add_argument(
        "--only",
        metavar="KIND",
        choices=[*KINDS[:5], "person", "organization", "state", "initiative", "event", "passages"],
        help="people, events, initiatives …, or passages",
    )
    find.add_argument(
        "--from", dest="earliest", metavar="DATE", help="held or published from: EDTF"
    )
    find.add_argument("--to", dest="latest", metavar="DATE", help="… to its last day")
    find.add_argument(
        "--stdin",
        action="store_true",
        help="answer each line of standard input with one line of JSON",
    )
