"""Keep an index in the cache folder; anything doubtful about it counts as not being there."""

from __future__ import annotations

import marshal
import os
import stat
import sys
import zlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.archive.store import blake2b
from tui.search.lookup import Lookup
from tui.search.naming import gather
from tui.search.segment import Segment, SegmentWriter

if TYPE_CHECKING:
    from pathlib import Path

    from tui.archive import Library

VERSION = 1
"""Raise this when folding, the files of a segment or what counts as a passage change."""

_MANIFEST = "manifest"
_NAMES = "names"
_LARGE = 20_000_000


class Index(NamedTuple):
    """An opened index: the sources by number, the passages of all of them, the records' names."""

    sources: tuple[str, ...]
    segment: Segment
    lookup: Lookup

    def passage_at(self, source: str, offset: int) -> int | None:
        """Give the number of the passage that covers a place of a source."""
        number = bisect_left(self.sources, source)  # sources are sorted by id
        if number == len(self.sources) or self.sources[number] != source:
            return None
        return self.segment.passage_at(number, offset)


def _maker() -> str:
    """Name what makes an index: this code, this Python (`marshal`), this machine's numbers.

    What another one wrote is not read, whatever its number.
    """
    import tui.records
    import tui.search

    whole = blake2b(f"{VERSION} {sys.version} {sys.byteorder}".encode(), digest_size=8)
    for package in (tui.records, tui.search):
        for folder in package.__path__:
            with os.scandir(folder) as found:
                parts = sorted((e.name, e.stat()) for e in found if e.name.endswith(".py"))
            for name, status in parts:
                whole.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def open_index(library: Library, cache: Path | None) -> tuple[Index, str]:
    """Open the index of a library, building it where there is none that fits.

    Gives a notice as well, empty unless the index has to live in memory.
    """
    folder = None if cache is None else _folder(cache, library.root)
    notice = ""
    if folder is not None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _guard(folder)
            found = _load(folder, library.fingerprint)
            return (found or _build_in(folder, library)), ""
        except OSError as error:
            why = error.strerror or str(error)
            notice = f"The search index is held in memory: {why}."
    writer = SegmentWriter(None)
    sources = _fill(writer, library)
    return Index(sources, writer.finish(), Lookup(gather(library))), notice


def _folder(cache: Path, root: Path) -> Path:
    name = blake2b(os.fsencode(root), digest_size=10).hexdigest()
    return cache / "search" / name


def _guard(folder: Path) -> None:
    """Refuse a folder that somebody else could have planted.

    Raises:
        OSError: it is a link, or belongs to somebody else, or others may write to it.
    """
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise OSError(0, "the cache folder is not a folder", str(folder))
    if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise OSError(0, "the cache folder belongs to others", str(folder))


def _load(folder: Path, fingerprint: str) -> Index | None:
    try:
        kept = _read_manifest(folder)
        if kept is None or kept["fingerprint"] != fingerprint:
            return None
        place = folder / kept["segment"]
        if _sums(place) != kept["files"]:
            return None
        lookup = Lookup(marshal.loads((place / _NAMES).read_bytes()))
        return Index(tuple(kept["sources"]), Segment.open(place), lookup)
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    head, _, body = (folder / _MANIFEST).read_bytes().partition(b"\n")
    if int(head, 16) != zlib.crc32(body):
        return None
    kept: dict[str, Any] = marshal.loads(body)
    fits = kept["maker"] == _maker()
    return kept if fits else None


def _sums(place: Path) -> dict[str, tuple[int, int]]:
    """Give each file's size and checksum; lock files, which the engine makes at will, aside."""
    sums = {}
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            data = path.read_bytes()
            sums[path.relative_to(place).as_posix()] = (len(data), zlib.crc32(data))
    return sums


def _build_in(folder: Path, library: Library) -> Index:
    import shutil
    from secrets import token_hex

    name = f"segment-{token_hex(8)}"
    place = folder / name
    try:
        large = sum(source.size for source in library.sources.values()) > _LARGE
        writer = SegmentWriter(place, large=large)
        sources = _fill(writer, library)
        segment = writer.finish()
        tables = gather(library)
        (place / _NAMES).write_bytes(marshal.dumps(tables))
        body = marshal.dumps(
            {
                "maker": _maker(),
                "fingerprint": library.fingerprint,
                "sources": sources,
                "segment": name,
                "files": _sums(place),
            }
        )
        fresh = folder / f"{name}.manifest"
        fresh.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
        fresh.replace(folder / _MANIFEST)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    _sweep(folder, name)
    return Index(sources, segment, Lookup(tables))


def _sweep(folder: Path, keep: str) -> None:
    """Remove the segments that no manifest names any more; who has them open keeps them."""
    import shutil

    for path in folder.glob("segment-*"):
        if path.name != keep and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _fill(writer: SegmentWriter, library: Library) -> tuple[str, ...]:
    sources = tuple(library.sources)
    for number, source in enumerate(sources):
        text = library.text(source)
        for passage in library.passages(source):
            start, end = passage.start, passage.end
            writer.add(number, start, end, text[start:end])
    return sources
