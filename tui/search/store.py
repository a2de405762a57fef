"""Keep an index in the cache folder; anything doubtful about it counts as not being there.

An index is a few segments, written once and named at random, and a manifest that names those which
hold. A change of the archive adds a segment with the sources that changed and marks their older
copies dead. Readers lock nothing: they open what the manifest names, and look again where it was
replaced meanwhile. Whoever builds holds the folder's lock, so that nothing is built twice.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import zlib
from array import array
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.archive.store import blake2b
from tui.records.record import KINDS
from tui.search.lookup import Lookup
from tui.search.plan import Planner
from tui.search.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.archive import Library
    from tui.archive.columns import Strings
    from tui.search.naming import Tables

VERSION = 2
"""The format of the folder. Another version's folder is left alone."""

_MANIFEST = "manifest"
LOCK = "building"
READ_WHOLE = 16_000_000
"""Up to this size an index is read and summed whenever it is opened."""
_BLOCK = 1 << 20
_TRIES = 3

Stamp = tuple[int, int, int, int, int]
"""Size, checksum, and what changes with any write: modification, inode change, inode."""


class Piece(NamedTuple):
    """A segment, and the sources in it by number: which are dead, of how many passages each is.

    `keys` holds what the passages of each source depend on, one key after the other.
    """

    name: str
    sources: tuple[str, ...]
    keys: bytes
    counts: array[int]
    dead: frozenset[int]
    stamps: dict[str, Stamp]
    segment: Segment
    planner: Planner

    @property
    def living(self) -> Iterator[str]:
        """Give the sources that are not dead."""
        return (source for n, source in enumerate(self.sources) if n not in self.dead)

    @property
    def passages(self) -> int:
        """Count the passages of the sources that are not dead."""
        return sum(self.counts) - sum(self.counts[number] for number in self.dead)


class Names(NamedTuple):
    """The tables of everything that names a record, what they depend on, and where they lie."""

    key: str
    tables: Tables
    file: str = ""
    checksum: int = 0


class Index:
    """An opened index: the passages of sources, and the records' names.

    `fingerprint` is that of the library that it holds the whole of, or empty.
    """

    def __init__(
        self, fingerprint: str, pieces: tuple[Piece, ...], names: Names, library: Library
    ) -> None:
        self.fingerprint = fingerprint
        self.pieces = pieces
        self.names = names
        self.lookup = Lookup(names.tables, partial(_weights, library))
        self.doubtful = False

    def doubt(self) -> None:
        """Remember that a passage was found whose words do not stand in its text."""
        self.doubtful = True

    @property
    def passages(self) -> int:
        """Count the passages that can be found."""
        return sum(piece.passages for piece in self.pieces)

    def passage_at(self, source: str, offset: int) -> tuple[str, int, int] | None:
        """Give the passage that covers a place of a source: the source, its start and end."""
        piece, number = self._places.get(source, (None, 0))
        found = None if piece is None else piece.segment.passage_at(number, offset)
        return None if found is None else (source, *found)

    def number_at(self, source: str, offset: int) -> tuple[str, int] | None:
        """Give the piece, by name, and in it the number of the passage that covers a place."""
        piece, number = self._places.get(source, (None, 0))
        found = None if piece is None else piece.segment.number_at(number, offset)
        return None if piece is None or found is None else (piece.name, found)

    @cached_property
    def _places(self) -> dict[str, tuple[Piece, int]]:
        return {
            source: (piece, number)
            for piece in self.pieces
            for number, source in enumerate(piece.sources)
            if number not in piece.dead
        }


def piece_of(
    name: str,
    sources: tuple[str, ...],
    keys: bytes,
    counts: array[int],
    dead: frozenset[int],
    stamps: dict[str, Stamp],
    segment: Segment,
) -> Piece:
    """Make a piece of an opened segment.

    Raises:
        ValueError: it holds another number of passages than was written.
    """
    if len(segment) != sum(counts) or len(counts) != len(sources):
        raise ValueError(f"{name} holds {len(segment)} passages, {sum(counts)} were written")
    planner = Planner(segment.words, len(segment), segment.side_by_side)
    return Piece(name, sources, keys, counts, dead, stamps, segment, planner)


class Store:
    """The folder in the cache that keeps the index of one archive."""

    def __init__(self, cache: Path, root: Path) -> None:
        name = blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
        self.folder = cache / f"search-{VERSION}-{name}"

    def prepare(self) -> None:
        """Make the folder, and refuse one that somebody else could have planted.

        Raises:
            OSError: it cannot be made, is a link, is somebody else's, or others may write to it.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = self.folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(0, "it is no folder", str(self.folder))
        if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
            raise PermissionError(0, "it is open to others", str(self.folder))

    def load(
        self, library: Library, known: Index | None = None, *, whole: bool = False
    ) -> Index | None:
        """Open what is kept, or give None: nothing there, made by something else, or damaged.

        Args:
            library: the archive to search in.
            known: an index opened before; what it shares with the one that is kept stays open.
            whole: sum every file, however large they are together.
        """
        before = None
        for _ in range(_TRIES):
            try:
                manifest = (self.folder / _MANIFEST).read_bytes()
                if manifest == before:
                    return None
                before = manifest
                return self._opened(manifest, library, known, whole)
            except Exception:  # whatever a damaged file makes of itself
                continue
        return None

    def _opened(
        self, manifest: bytes, library: Library, known: Index | None, whole: bool
    ) -> Index | None:
        head, _, body = manifest.partition(b"\n")
        if head != b"%08x" % zlib.crc32(body):
            return None
        kept: dict[str, Any] = marshal.loads(body)
        if kept["maker"] != _maker():
            return None
        size = sum(stamp[0] for plain in kept["pieces"] for stamp in plain[5].values())
        opened = {} if known is None else {piece.name: piece for piece in known.pieces}
        pieces = tuple(
            opened[plain[0]]._replace(dead=frozenset(plain[4]))
            if plain[0] in opened
            else self._piece(plain, whole=whole or size <= READ_WHOLE)
            for plain in kept["pieces"]
        )
        key, file, checksum = kept["names"]
        if known is not None and known.names.file == file:
            names = known.names
        else:
            data = (self.folder / file).read_bytes()
            if zlib.crc32(data) != checksum:
                return None
            names = Names(key, marshal.loads(data), file, checksum)
        return Index(kept["fingerprint"], pieces, names, library)

    def _piece(self, plain: tuple[Any, ...], *, whole: bool) -> Piece:
        name, sources, keys, counts, dead, stamps = plain
        place = self.folder / name
        found = {path: os.stat(place / path) for path in _files(place)}
        if found.keys() != stamps.keys():
            raise ValueError(f"{name} has other files than were written")
        for path, status in found.items():
            size, checksum, *looks = stamps[path]
            same = looks == [status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
            if status.st_size != size or (
                (whole or not same) and _checksum(place / path) != checksum
            ):
                raise ValueError(f"{name}/{path} is damaged")
        return piece_of(
            name, sources, keys, array("I", counts), frozenset(dead), stamps, Segment.open(place)
        )

    def stamps(self, name: str) -> dict[str, Stamp]:
        """Give what is to be remembered of the files of a segment; the disk has them for sure."""
        place = self.folder / name
        files = _files(place)
        if sum((place / path).stat().st_size for path in files) > READ_WHOLE:
            for path in files:  # a smaller index is read as a whole whenever it is opened
                with (place / path).open("rb+") as file:
                    os.fsync(file.fileno())
        return {path: _stamp(place / path) for path in files}

    def save(self, index: Index) -> Index:
        """Name the pieces that hold, in one step; gives the index as it is kept."""
        token = os.urandom(8).hex()
        names, fresh_names = index.names, ""
        if not names.file:
            data = marshal.dumps(names.tables)
            fresh_names = f"names-{token}"
            names = names._replace(file=fresh_names, checksum=zlib.crc32(data))
        fresh = self.folder / f"manifest-{token}"
        pieces = [
            (*piece[:3], piece.counts.tobytes(), tuple(piece.dead), piece.stamps)
            for piece in index.pieces
        ]
        body = marshal.dumps(
            {
                "maker": _maker(),
                "fingerprint": index.fingerprint,
                "names": (names.key, names.file, names.checksum),
                "pieces": pieces,
            }
        )
        try:
            if fresh_names:
                (self.folder / fresh_names).write_bytes(data)
            fresh.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
            fresh.replace(self.folder / _MANIFEST)
        except BaseException:
            for path in (fresh, self.folder / (fresh_names or fresh.name)):
                path.unlink(missing_ok=True)
            raise
        index.names = names
        return index

    def sweep(self, index: Index | None) -> None:
        """Remove everything that is not of this index. Only who holds the lock may do so."""
        keep = {LOCK}
        if index is not None:
            keep |= {_MANIFEST, index.names.file, *(piece.name for piece in index.pieces)}
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in keep:
                    remove(path)

    def forget(self) -> None:
        """Trust nothing of what is kept."""
        with contextlib.suppress(OSError):
            (self.folder / _MANIFEST).unlink()

    def damaged(self, index: Index, go_on: Callable[[], bool]) -> bool:
        """Sum the files of an index that looked as they were left; tell whether one is damaged.

        `go_on` is asked between the blocks. A file that has gone was replaced, not damaged.
        """
        for piece in index.pieces:
            for path, stamp in piece.stamps.items():
                try:
                    checksum = _checksum(self.folder / piece.name / path, go_on)
                except OSError:
                    return False
                if not go_on():
                    return False
                if checksum != stamp[1]:
                    return True
        return False


@cache
def _maker() -> str:
    """Name what makes an index: this code, this Python (`marshal`), this machine's numbers."""
    import tui.records
    import tui.search

    whole = blake2b(f"{sys.version} {sys.byteorder}".encode(), digest_size=8)
    for package in (tui.records, tui.search):
        for folder in package.__path__:
            with os.scandir(folder) as found:
                parts = sorted((e.name, e.stat()) for e in found if e.name.endswith(".py"))
            for name, status in parts:
                whole.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _weights(library: Library, ids: Strings) -> array[int]:
    """Tell how often the archive speaks of each record; this changes with any source."""
    timeline = library.timeline
    mentions: dict[str, int] = {}
    for kind in KINDS[:-1]:
        rows = library.rows(kind)
        mentions.update(zip(rows.id, rows.mentions, strict=True))
    actors = len(ids) - len(timeline)
    if ids.ends_with(timeline.id):  # the very events in the very order
        return array("I", [mentions.get(name, 0) for name in ids[:actors]]) + array(
            "I", timeline.evidence
        )
    places = map(timeline.position, ids)
    return array(
        "I",
        [
            mentions.get(name, 0) if at < 0 else timeline.evidence[at]
            for name, at in zip(ids, places, strict=True)
        ],
    )


def _files(place: Path) -> list[str]:
    """Give the files of a segment."""
    found = []
    for folder, _, files in os.walk(place):
        inside = os.path.relpath(folder, place)
        found += [
            name if inside == "." else f"{inside}/{name}".replace(os.sep, "/") for name in files
        ]
    return found


def _checksum(path: Path, go_on: Callable[[], bool] = lambda: True) -> int:
    total = 0
    with path.open("rb") as file:
        while go_on() and (block := file.read(_BLOCK)):
            total = zlib.crc32(block, total)
    return total


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    looks = status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    return status.st_size, _checksum(path), *looks


def remove(path: Path) -> None:
    """Remove a file or a folder, as far as that can be done."""
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
