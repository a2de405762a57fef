"""The files of an archive and their bytes. Nothing but regular files is ever opened."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from array import array
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.archive.fault import ArchiveError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS = ("actors", "events", "initiatives", "notes", "sources")
RECORD_LIMIT = 1_000_000
SOURCE_LIMIT = 20_000_000
DEPTH_LIMIT = 64
LOOKS = 4
_SIGNED = (1 << 63) - 1
_TYPE = 0o170000
_BY_DESCRIPTOR = os.scandir in os.supports_fd
_NAME = attrgetter("name")

_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
# Folders and a name that every system can hold, told at a glance: most are.
_PLAIN = re.compile(r"(?:[a-z0-9_-]{1,99}/){0,16}[a-z0-9_-]{1,99}\.(?:toml|txt)")
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Entry(NamedTuple):
    """A regular file of the archive."""

    path: str
    size: int

    @property
    def limit(self) -> int:
        """Give the number of bytes that such a file may have."""
        return SOURCE_LIMIT if self.path.endswith(".txt") else RECORD_LIMIT


class Scan(NamedTuple):
    """What a walk through the archive found: regular files, and what was passed over.

    `looks` holds four numbers a file: its size, the times of its last change and of its inode's in
    nanoseconds, and its inode. The order is that of the walk, and always the same.
    """

    paths: list[str]
    looks: array[int]
    passed_over: list[Fault]

    @property
    def size(self) -> int:
        """Give the number of bytes that the files hold."""
        return sum(self.looks[::LOOKS])

    @property
    def entries(self) -> list[Entry]:
        """Give the files one by one, sorted by path."""
        return sorted(map(Entry, self.paths, self.looks[::LOOKS]))


def scan(root: str) -> Scan:
    """List the files that make up the archive.

    Only `archive.toml`, `.toml` files below the five folders and `.txt` files below `sources` are
    meant; links, pipes, sockets and devices are reported and never followed or opened. Names
    with a leading dot or a trailing tilde are an editor's own and are passed over in silence.

    Raises:
        ArchiveError: the folder cannot be listed or has no `archive.toml`.
    """
    found = Scan([], array("q"), [])
    pending: list[tuple[str, int]] = [("", 0)]
    while pending:
        folder, depth = pending.pop()
        place = os.path.join(root, folder) if folder else root
        opened: int | str = place
        try:
            if _BY_DESCRIPTOR:  # the system need not find the folder again for every file in it
                opened = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
            with os.scandir(opened) as listed:
                children = sorted(listed, key=_NAME)
            if not folder:
                children = [c for c in children if c.name in FOLDERS or c.name == "archive.toml"]
            _look_at(folder, depth, children, found, pending)
        except OSError as error:
            if not folder:
                raise ArchiveError(f"cannot open {root}: {error.strerror}") from None
            fault = Fault(folder, 0, 0, "", f"cannot list the folder: {error.strerror}")
            found.passed_over.append(fault)
        finally:
            if isinstance(opened, int):
                os.close(opened)
    if found.paths[:1] != ["archive.toml"]:
        raise ArchiveError(f"no archive: {root} has no archive.toml")
    found.passed_over.sort(key=lambda fault: fault.place)
    return found


def _look_at(
    folder: str,
    depth: int,
    children: list[os.DirEntry[str]],
    found: Scan,
    pending: list[tuple[str, int]],
) -> None:
    """Look at what a folder holds; two hundred thousand files take most of a warm start here."""
    before = f"{folder}/" if folder else ""
    endings = (".toml", ".txt") if f"{before}/".startswith("sources/") else (".toml",)
    add, faults = found.paths.append, found.passed_over
    looks: list[int] = []
    look = looks.append
    for child in children:
        name = child.name
        if name[0] == "." or name[-1] == "~":
            continue
        try:
            status = child.stat(follow_symlinks=False)
        except OSError as error:
            faults.append(Fault(before + name, 0, 0, "", f"cannot look at it: {error.strerror}"))
            continue
        mode = status.st_mode
        if mode & _TYPE == stat.S_IFREG:
            if name.endswith(endings):
                add(before + name)
                look(status.st_size)
                look(status.st_mtime_ns & _SIGNED)
                look(status.st_ctime_ns & _SIGNED)
                look(status.st_ino & _SIGNED)
        elif mode & _TYPE == stat.S_IFDIR and (folder or name != "archive.toml"):
            if depth >= DEPTH_LIMIT:
                what = f"a folder more than {DEPTH_LIMIT} deep"
                faults.append(_passed_over(before + name, what))
            else:
                pending.append((before + name, depth + 1))
        elif not folder or name.endswith(endings):
            faults.append(_passed_over(before + name, _what(mode)))
    found.looks.extend(array("q", looks))


def read(root: str, entry: Entry) -> bytes:
    """Give a file's bytes, at most one more than its limit allows.

    The name is opened without following a link and must still be a regular file then, so that
    a pipe put in its place between the scan and now does not hang the reader.

    Raises:
        OSError: the file cannot be read, or is no regular file any more.
    """
    flags = (
        os.O_RDONLY
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_NONBLOCK", 0)
        | getattr(os, "O_CLOEXEC", 0)
        | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(os.path.join(root, entry.path), flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, f"is {_what(status.st_mode)}, not a regular file")
        wanted = entry.limit + 1
        parts: list[bytes] = []
        while wanted > 0 and (part := os.read(descriptor, min(wanted, status.st_size + 1))):
            parts.append(part)
            wanted -= len(part)
            if len(part) == status.st_size:
                break
        return b"".join(parts)
    finally:
        os.close(descriptor)


def content(root: str, entry: Entry) -> bytes | str:
    """Give a file's bytes, or in words why it cannot be read."""
    try:
        return read(root, entry)
    except OSError as error:
        return f"cannot read it: {error.strerror or error}"


def read_all(root: str, found: Scan) -> dict[str, bytes | str]:
    """Read every file of a scan, by path."""
    return {entry.path: content(root, entry) for entry in found.entries}


def unportable(paths: Iterable[str]) -> list[Fault]:
    """Warn of names that another file system would refuse, change or take for each other."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    plain = _PLAIN.fullmatch
    for path in sorted(paths):
        key = path
        if plain(path) is None or any(part in _WINDOWS_DEVICES for part in _stems(path)):
            for part in path.split("/"):
                if why := _trouble(part):
                    faults.append(_not_portable(path, why))
                    break
            key = unicodedata.normalize("NFC", path).casefold()
        twin = seen.setdefault(key, path)
        if twin is not path:
            faults.append(_not_portable(path, f"is the same as {twin} there"))
    return faults


def _stems(path: str) -> list[str]:
    return [part.split(".", 1)[0] for part in path.split("/")]


def _what(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    return next((name for test, name in _KINDS if test(mode)), "a folder")


def _passed_over(path: str, what: str) -> Fault:
    return Fault(path, 0, 0, "", f"passed over: {what}, not a file", warning=True)


def _trouble(part: str) -> str:
    stem = part.split(".", 1)[0]
    if stem.casefold() in _WINDOWS_DEVICES:
        return f"{stem} is a device there"
    if part[-1] in ". ":
        return "a dot or space at the end is dropped there"
    if odd := next((c for c in part if c in '<>:"|?*\\' or c < " "), ""):
        return f"{odd!r} is not allowed there"
    if any("\ud800" <= c <= "\udfff" for c in part):
        return "it is not UTF-8"
    if len(part.encode("utf-8", "surrogateescape")) > 240:
        return "it is longer than 240 bytes"
    return ""


def _not_portable(path: str, why: str) -> Fault:
    return Fault(
        path, 0, 0, "", f"the name does not travel to every system: {why}",
        "use lower-case words with hyphens", warning=True,
    )  # fmt: skip
