"""Open an archive: from the cache when it holds this very content, from its files otherwise."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.archive import files
from tui.archive.compiled import Compiled, Writer
from tui.archive.fault import ArchiveError
from tui.archive.library import Library
from tui.archive.store import Store, blake2b

if TYPE_CHECKING:
    from types import EllipsisType

WHOLE = 16_000_000
"""Up to this size every file is read and compared; above it, only those that look changed."""
_SETTLED_NS = 2_000_000_000

Manifest = dict[str, tuple[int, int, int, int, bytes]]


def open_archive(root: Path, *, cache: Path | EllipsisType | None = ...) -> Library:
    """Open an archive folder.

    Whether the cache still holds is decided by the content of every file. For an archive above
    16 MB a file whose size, times (the change of its inode among them) and number are those of the
    last compilation counts as unread: only a clock set back and a forged inode could deceive that.

    Args:
        root: the folder with `archive.toml` in it.
        cache: the folder to keep the compiled form in; the user's own by default, None for none.

    Raises:
        ArchiveError: the folder is no archive. Bad content raises nothing: see `Library.faults`.
    """
    root = Path(os.path.abspath(root))
    if cache is ...:
        from tui.paths import cache_folder

        cache = cache_folder()
    name = os.fspath(root)
    store = Store(cache, name)
    found = files.scan(name)
    kept = store.load()
    maker = _maker()
    if kept is not None and kept.meta.get("maker") != maker:
        kept = None
    contents: dict[str, bytes | str] | None = None
    if sum(entry.size for entry in found.entries) <= WHOLE:
        contents = files.read_all(name, found)
        digests = {path: _digest(data) for path, data in contents.items()}
    else:
        digests = _changed(name, found, Store(cache, name, "files"))
    fingerprint = _fingerprint(found, digests)
    if kept is None or kept.meta["fingerprint"] != fingerprint:
        kept = _compile(name, found, contents, maker, store)
    again = lambda: _compile(name, files.scan(name), None, maker, store)  # noqa: E731
    return Library(root, kept, again)


def _compile(
    root: str,
    found: files.Scan,
    contents: dict[str, bytes | str] | None,
    maker: str,
    store: Store,
) -> Compiled:
    if contents is None:
        contents = files.read_all(root, found)
    # Nothing here makes rings that only the collector could undo, and it would walk it all often.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _compiled(root, found, contents, maker, store)
    finally:
        if collecting:
            gc.enable()


def _compiled(
    root: str, found: files.Scan, contents: dict[str, bytes | str], maker: str, store: Store
) -> Compiled:
    from tui.archive.build import build
    from tui.archive.compiling import compile_archive

    fingerprint = _fingerprint(found, {path: _digest(data) for path, data in contents.items()})
    built = build(found, contents)
    built.title = built.title or os.path.basename(root)
    data = compile_archive(built, {"fingerprint": fingerprint, "maker": maker})
    store.save(data)
    return Compiled(data)


def _changed(root: str, found: files.Scan, store: Store) -> dict[str, bytes]:
    """Give every file's digest; read only the files that look other than at the last time."""
    kept = store.load()
    known: Manifest = kept.section("files") if kept is not None else {}
    settled = time.time_ns() - _SETTLED_NS
    digests: dict[str, bytes] = {}
    manifest: Manifest = {}
    for entry in found.entries:
        looks = (entry.size, entry.mtime_ns, entry.ctime_ns, entry.inode)
        before = known.get(entry.path)
        if before is not None and before[:4] == looks:
            digest = before[4]
        else:
            digest = _digest(files.content(root, entry))
        digests[entry.path] = digest
        # A file changed this very moment could change again within one tick of the clock.
        if max(entry.ctime_ns, entry.mtime_ns) < settled:
            manifest[entry.path] = (*looks, digest)
    if manifest != known:
        writer = Writer()
        writer.section("files", manifest)
        store.save(writer.finish({}))
    return digests


def _digest(data: bytes | str) -> bytes:
    if isinstance(data, str):  # a file that could not be read, and why
        data = b"\xff" + data.encode("utf-8", "surrogateescape")
    return blake2b(data, digest_size=16).digest()


def _fingerprint(found: files.Scan, digests: dict[str, bytes]) -> str:
    whole = blake2b(digest_size=16)
    for path, digest in sorted(digests.items()):
        whole.update(os.fsencode(path) + b"\0" + digest)
    for fault in found.passed_over:
        whole.update(b"\1" + os.fsencode(fault.file) + b"\0" + fault.message.encode())
    return whole.hexdigest()


def _maker() -> str:
    """Name the code that compiles: what another version wrote is not read, whatever its number."""
    whole = blake2b(digest_size=8)
    here = os.path.dirname(__file__)
    for folder in (here, os.path.join(os.path.dirname(here), "records")):
        try:
            with os.scandir(folder) as found:
                parts = sorted((e.name, e.stat()) for e in found if e.name.endswith(".py"))
        except OSError:
            continue
        for name, status in parts:
            whole.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return whole.hexdigest()


__all__ = ["ArchiveError", "open_archive"]
