"""What every file of an archive held when it was last compiled, and which have changed since."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from tui.archive import files
from tui.archive.store import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive.compiled import Compiled, Writer

DIGEST = 16
_SETTLED_NS = 2_000_000_000
_UNSETTLED = -1
"""A size that no file has: what it stands for is read again."""


class State(NamedTuple):
    """The files of an archive in the order of the scan, and a digest of what each holds.

    `looks` are those of `files.Scan`; a file is not read again while it looks as it did.
    """

    paths: list[str]
    digests: bytes
    looks: bytes = b""

    def digest(self, number: int) -> bytes:
        """Give one file's digest."""
        return self.digests[DIGEST * number : DIGEST * (number + 1)]

    def fingerprint(self, found: files.Scan) -> str:
        """Name the content of the archive: every path, what it holds, what was passed over."""
        whole = blake2b(digest_size=16)
        whole.update(_joined(self.paths) + b"\0\0" + self.digests)
        for fault in found.passed_over:
            whole.update(b"\1" + os.fsencode(fault.file) + b"\0" + fault.message.encode())
        return whole.hexdigest()

    def write(self, writer: Writer) -> None:
        """Add it to what is written."""
        writer.raw("files.paths", _joined(self.paths))
        writer.raw("files.digests", self.digests)
        writer.raw("files.looks", self.looks)


def kept(compiled: Compiled) -> State:
    """Read a state back."""
    paths = bytes(compiled.raw("files.paths")).decode("utf-8", "surrogateescape").split("\0")
    digests, looks = compiled.raw("files.digests"), compiled.raw("files.looks")
    return State(paths, bytes(digests), bytes(looks))


def digest(data: bytes | str) -> bytes:
    """Give the digest of a file's bytes, or of the words that say why it cannot be read."""
    if isinstance(data, str):
        data = b"\xff" + data.encode("utf-8", "surrogateescape")
    return blake2b(data, digest_size=DIGEST).digest()


def state(
    found: files.Scan, before: State | None, read: Callable[[str, int], bytes | str]
) -> State:
    """Give the state of the files of a scan; only what looks other than before is read."""
    looks, digests = found.looks.tobytes(), bytearray(DIGEST * len(found.paths))
    fresh: list[int] = list(range(len(found.paths)))
    if before is not None and len(before.looks) == 8 * files.LOOKS * len(before.paths):
        if before.paths == found.paths:
            digests[:] = before.digests
            fresh = list(_differing(before.looks, looks))
        else:
            fresh = _matched(before, found, looks, digests)
    settled = time.time_ns() - _SETTLED_NS
    lasting = found.looks[:]
    for number in fresh:
        size, modified, changed, _ = found.looks[4 * number : 4 * number + 4]
        data = read(found.paths[number], size)
        digests[DIGEST * number : DIGEST * (number + 1)] = digest(data)
        # A file changed this very moment could change again within one tick of the clock.
        if max(modified, changed) >= settled:
            lasting[4 * number] = _UNSETTLED
    return State(found.paths, bytes(digests), lasting.tobytes())


def changes(before: State, after: State) -> tuple[list[str], list[str], list[str]]:
    """Give the paths that were added, whose content changed, and that are gone."""
    step = DIGEST
    if before.paths == after.paths:
        differing = _differing(before.digests, after.digests, step)
        return [], [after.paths[number] for number in differing], []
    old = dict(zip(before.paths, range(len(before.paths)), strict=True))
    added: list[str] = []
    changed: list[str] = []
    for number, path in enumerate(after.paths):
        was = old.pop(path, None)
        if was is None:
            added.append(path)
        elif before.digest(was) != after.digest(number):
            changed.append(path)
    return added, changed, list(old)


def _joined(paths: list[str]) -> bytes:
    return "\0".join(paths).encode("utf-8", "surrogateescape")


def _matched(before: State, found: files.Scan, looks: bytes, digests: bytearray) -> list[int]:
    """Take over the digests of files that look as before; give the numbers of the others."""
    old = dict(zip(before.paths, range(len(before.paths)), strict=True))
    fresh: list[int] = []
    step = 8 * files.LOOKS
    for number, path in enumerate(found.paths):
        was = old.get(path)
        same = was is not None and (
            before.looks[step * was : step * was + step]
            == looks[step * number : step * number + step]
        )
        if was is not None and same:
            digests[DIGEST * number : DIGEST * number + DIGEST] = before.digest(was)
        else:
            fresh.append(number)
    return fresh


def _differing(ours: bytes, theirs: bytes, step: int = 8 * files.LOOKS) -> list[int]:
    """Give the numbers of the items that differ; long stretches that are equal cost little."""
    found: list[int] = []
    stretch = 512 * step
    for begin in range(0, len(ours), stretch):
        if ours[begin : begin + stretch] != theirs[begin : begin + stretch]:
            found += [
                at // step
                for at in range(begin, min(begin + stretch, len(ours)), step)
                if ours[at : at + step] != theirs[at : at + step]
            ]
    return found


__all__ = ["DIGEST", "State", "changes", "digest", "kept", "state"]
