"""Keep an index in the cache folder; anything doubtful about it counts as not being there.

An index is a few segments, written once and named at random, and a manifest that names those which
hold. A change of the archive adds a segment with the sources that changed and marks their older
copies dead. Nothing is locked: whoever replaces the manifest last is right, for every manifest is.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import time
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.archive.store import blake2b
from tui.search.lookup import Lookup
from tui.search.naming import gather
from tui.search.plan import Planner
from tui.search.segment import Segment, SegmentWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.archive import Library
    from tui.search.naming import Tables

VERSION = 1
"""The format of the folder. Another version's folder is left alone."""

_MANIFEST = "manifest"
_LARGE = 20_000_000
_READ_WHOLE = 16_000_000
"""Up to this size an index is read and summed whenever it is opened."""
_MOST_PIECES = 8
_ABANDONED_SECONDS = 3600

Stamp = tuple[int, int, int, int, int]
"""Size, checksum, and what changes with any write: modification, inode change, inode."""


class Piece(NamedTuple):
    """A segment, the sources in it by number with a key of their content, and which are dead."""

    name: str
    sources: tuple[str, ...]
    keys: tuple[bytes, ...]
    dead: frozenset[int]
    stamps: dict[str, Stamp]
    segment: Segment
    planner: Planner


class Index:
    """An opened index: the passages of all sources, and the records' names."""

    def __init__(self, fingerprint: str, pieces: tuple[Piece, ...], lookup: Lookup) -> None:
        self.fingerprint = fingerprint
        self.pieces = pieces
        self.lookup = lookup

    def passage_at(self, source: str, offset: int) -> tuple[str, int, int] | None:
        """Give the passage that covers a place of a source: the source, its start and end."""
        piece, number = self._places.get(source, (None, 0))
        found = None if piece is None else piece.segment.passage_at(number, offset)
        return None if found is None else (source, *found)

    @cached_property
    def _places(self) -> dict[str, tuple[Piece, int]]:
        return {
            source: (piece, number)
            for piece in self.pieces
            for number, source in enumerate(piece.sources)
            if number not in piece.dead
        }


def open_index(
    library: Library, cache: Path | None, before: Index | None = None
) -> tuple[Index, str]:
    """Open the index of a library; build what is missing of it.

    `before` is an index of an earlier state of the same archive, which is built upon. Gives a
    notice as well, empty unless the index has to live in memory.
    """
    if cache is None:
        return _brought_up(library, before, None), ""
    folder = _folder(cache, library.root)
    try:
        _prepare(folder)
        kept = _load(folder)
        if kept is None or kept.fingerprint != library.fingerprint:
            kept = _brought_up(library, kept, folder)
        return kept, ""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).split("\n")[0]
        notice = f"The search index is held in memory, for its cache cannot be kept: {why}."
        return _brought_up(library, before, None), notice


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


def _folder(cache: Path, root: Path) -> Path:
    name = blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
    return cache / f"search-{VERSION}-{name}"


def _prepare(folder: Path) -> None:
    """Make the folder, and refuse one that somebody else could have planted.

    Raises:
        OSError: it cannot be made, is a link, is somebody else's, or others may write to it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(0, "it is no folder", str(folder))
    if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise PermissionError(0, "it is open to others", str(folder))


def _load(folder: Path) -> Index | None:
    """Open what is kept, or give None: nothing there, made by something else, or damaged."""
    try:
        head, _, body = (folder / _MANIFEST).read_bytes().partition(b"\n")
        if int(head, 16) != zlib.crc32(body):
            return None
        kept: dict[str, Any] = marshal.loads(body)
        if kept["maker"] != _maker():
            return None
        names = (folder / kept["names"]).read_bytes()
        if zlib.crc32(names) != kept["names_sum"]:
            return None
        small = sum(s[0] for plain in kept["pieces"] for s in plain[4].values()) <= _READ_WHOLE
        pieces = tuple(_open_piece(folder, plain, small) for plain in kept["pieces"])
        return Index(kept["fingerprint"], pieces, Lookup(marshal.loads(names)))
    except (OSError, ValueError, KeyError, TypeError, EOFError, IndexError):
        return None


def _open_piece(folder: Path, plain: tuple[Any, ...], small: bool) -> Piece:
    name, sources, keys, dead, stamps = plain
    place = folder / name
    found = {path: os.stat(place / path) for path in _files(place)}
    if found.keys() != stamps.keys():
        raise ValueError(f"{name} has other files than were written")
    for path, status in found.items():
        size, checksum, *looks = stamps[path]
        same = looks == [status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        if status.st_size != size or ((small or not same) and _checksum(place / path) != checksum):
            raise ValueError(f"{name}/{path} is damaged")
    return _piece(name, sources, keys, dead, stamps, Segment.open(place))


def _piece(
    name: str,
    sources: tuple[str, ...],
    keys: tuple[bytes, ...],
    dead: Iterable[int],
    stamps: dict[str, Stamp],
    segment: Segment,
) -> Piece:
    planner = Planner(segment.words, len(segment))
    return Piece(name, sources, keys, frozenset(dead), stamps, segment, planner)


def _files(place: Path) -> list[str]:
    """Give the files of a segment, but for the locks that the engine makes at will."""
    found = []
    for folder in ("", "terms"):
        with os.scandir(place / folder) as entries:
            found += [
                f"{folder}/{entry.name}" if folder else entry.name
                for entry in entries
                if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".lock")
            ]
    return found


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total = zlib.crc32(block, total)
    return total


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    looks = status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    return status.st_size, _checksum(path), *looks


def _key(library: Library, source: str) -> bytes:
    """Name what the passages of a source depend on."""
    about = library.sources[source]
    plain = f"{about.sha256} {about.boilerplate}"
    return blake2b(plain.encode(), digest_size=12).digest()


def _brought_up(library: Library, before: Index | None, folder: Path | None) -> Index:
    """Make the index of a library out of an earlier one, or of nothing."""
    wanted = {source: _key(library, source) for source in library.sources}
    pieces = [] if before is None else [_without(piece, wanted) for piece in before.pieces]
    living = {
        source
        for piece in pieces
        for number, source in enumerate(piece.sources)
        if number not in piece.dead
    }
    missing = [source for source in wanted if source not in living]
    if len(pieces) >= _MOST_PIECES or 2 * len(missing) > len(wanted) or not living:
        pieces, missing = [], list(wanted)
    pieces = [piece for piece in pieces if len(piece.dead) < len(piece.sources)]
    if missing or not pieces:
        pieces.append(_written(library, missing, wanted, folder))
    tables = gather(library)
    if folder is not None:
        _save(folder, library.fingerprint, pieces, tables)
    return Index(library.fingerprint, tuple(pieces), Lookup(tables))


def _without(piece: Piece, wanted: dict[str, bytes]) -> Piece:
    """Mark what is gone or has changed as dead."""
    pairs = enumerate(zip(piece.sources, piece.keys, strict=True))
    gone = {number for number, (source, key) in pairs if wanted.get(source) != key}
    return piece._replace(dead=piece.dead | gone)


def _written(
    library: Library, sources: list[str], keys: dict[str, bytes], folder: Path | None
) -> Piece:
    """Write a segment of some sources."""
    name = f"segment-{os.urandom(8).hex()}"
    place = None if folder is None else folder / name
    large = sum(library.sources[source].size for source in sources) > _LARGE
    try:
        writer = SegmentWriter(place, large=large)
        for number, source in enumerate(sources):
            text = library.text(source)
            for passage in library.passages(source):
                start, end = passage.start, passage.end
                writer.add(number, start, end, text[start:end])
        segment = writer.finish()
        stamps = {} if place is None else {path: _stamp(place / path) for path in _files(place)}
    except BaseException:
        if place is not None:
            _remove(place)
        raise
    its_keys = tuple(keys[source] for source in sources)
    return _piece(name, tuple(sources), its_keys, (), stamps, segment)


def _save(folder: Path, fingerprint: str, pieces: list[Piece], tables: Tables) -> None:
    """Name the pieces that hold, in one step."""
    token = os.urandom(8).hex()
    names = marshal.dumps(tables)
    (folder / f"names-{token}").write_bytes(names)
    body = marshal.dumps(
        {
            "maker": _maker(),
            "fingerprint": fingerprint,
            "names": f"names-{token}",
            "names_sum": zlib.crc32(names),
            "pieces": [(*piece[:3], tuple(piece.dead), piece.stamps) for piece in pieces],
        }
    )
    fresh = folder / f"manifest-{token}"
    try:
        fresh.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
        fresh.replace(folder / _MANIFEST)
    except BaseException:
        for path in (fresh, folder / f"names-{token}"):
            path.unlink(missing_ok=True)
        raise
    _sweep(folder, {_MANIFEST, f"names-{token}", *(piece.name for piece in pieces)})


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove what no manifest names and nobody can still be busy with."""
    before = time.time() - _ABANDONED_SECONDS
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name not in keep and path.lstat().st_mtime < before:
                _remove(path)


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
