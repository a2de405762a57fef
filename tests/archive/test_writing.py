"""A file is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tui.archive.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_bytes_arrive_and_nothing_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "new" / "last-copy.txt"
    write_whole(target, "확장억제 \x1b".encode())
    assert target.read_bytes() == "확장억제 \x1b".encode()
    assert [p.name for p in target.parent.iterdir()] == ["last-copy.txt"]
    assert target.parent.stat().st_mode & 0o077 == 0


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep")
    target = tmp_path / "copy"
    target.symlink_to(precious)
    write_whole(target, b"new")
    assert precious.read_text() == "keep"
    assert not target.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("limit", [0, 1, 4096])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, limit: int) -> None:
    target = tmp_path / "copy"
    target.write_bytes(b"old")
    # The kernel's own limit on a file's size stands in for a disk with no room left.
    code = (
        "import resource, signal, sys, pathlib\n"
        "from tui.archive.writing import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "try:\n"
        f"    write_whole(pathlib.Path({os.fspath(target)!r}), b'x' * 100_000)\n"
        "except OSError:\n"
        "    sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 3
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["copy"]
