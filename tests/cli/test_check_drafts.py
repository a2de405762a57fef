"""`readout check` on a person's own text: places, proofs, exit codes, JSON, and hostile drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = Path(__file__).parents[1] / "drafts" / "written"
REPORT = "draft format archive faults counts findings notices"
FINDING = (
    "n line column start end text kind verdict fault message expected record url changes evidence"
)
CHANGE = "was now start end source_start source_end"


def test_exactly_the_faults_of_a_draft_with_their_places(cli: Callable[..., Any]) -> None:
    path = WRITTEN / "must-show.md"
    done = cli("check", str(path))
    assert done.code == 1
    lines = done.out.splitlines()
    faults = lines[: lines.index("")]
    found = [line.removeprefix(f"{path}:") for line in faults if not line.startswith(" ")]
    assert [line[: line.index(": ", 8)] for line in found] == [
        "4:72: altered",
        "10:31: altered",
        "12:27: not found",
        "14:1: wrong rank",
        "14:69: wrong office",
    ]
    assert "“unwavering” is “ironclad” in art-003 ¶16" in faults[0]
    assert "readout:art-003#" in faults[1]
    summary = "3 quotations verbatim, 2 altered, 1 not found; 1 disputed, 1 wrong rank, "
    assert lines[-1].endswith(f"{summary}1 wrong office; 5 faults")


def test_an_honest_draft_gives_0(cli: Callable[..., Any]) -> None:
    done = cli("check", str(WRITTEN / "honest-call.md"), str(WRITTEN / "honest-chiefs.txt"))
    assert done.code == 0
    assert done.out.count("; 0 faults") + done.out.count(", 0 faults") == 2


def test_the_json_has_its_documented_shape(cli: Callable[..., Any]) -> None:
    path = WRITTEN / "must-show.md"
    text = path.read_text(encoding="utf-8")
    done = cli("check", str(path), "--json")
    assert done.code == 1
    assert done.raw.isascii()
    report = done.json
    assert list(report) == REPORT.split()
    assert report["faults"] == 5
    assert [f["n"] for f in report["findings"]] == list(range(1, len(report["findings"]) + 1))
    for finding in report["findings"]:
        assert list(finding) == FINDING.split()
        if finding["kind"] == "quotation":
            assert text[finding["start"] : finding["end"]] == finding["text"]
        lines = text[: finding["start"]].split("\n")
        assert (finding["line"], finding["column"]) == (len(lines), len(lines[-1]) + 1)
        for change in finding["changes"]:
            assert list(change) == CHANGE.split()
            assert text[change["start"] : change["end"]] == change["was"]
            source = cli("show", finding["evidence"][0]["source"], "--json").json["text"]
            assert source[change["source_start"] : change["source_end"]] == change["now"]


def test_a_draft_on_standard_input_beside_an_archive(cli: Callable[..., Any]) -> None:
    content = Path(__file__).parents[2] / "content"
    done = cli("check", str(content), "-", stdin="“it is firm and unwavering”".encode())
    assert done.code == 1
    assert "0 faults" in done.out
    assert "stdin:1:1: altered" in done.out
    empty = cli("check", "-", stdin=b"")
    assert (empty.code, empty.out) == (
        0, "stdin: 0 quotations verbatim, 0 altered, 0 not found; 0 faults\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.md", b"a\0b", "this is no text"),
        ("b.md", b"\xff\xfeb\0", "UTF-16"),
        ("c.txt", b"caf\xe9", "byte 4 is not UTF-8"),
        ("d.md", b"x" * 4_000_001, "too many for a draft"),
        ("e.docx", b"PK", "neither part of an archive nor a draft"),
    ],
)
def test_what_is_no_draft_is_refused(
    cli: Callable[..., Any], tmp_path: Path, name: str, raw: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    done = cli("check", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert cli("check", str(tmp_path / name), "--json").error["exit"] == 2


def test_a_hostile_draft_acts_on_no_terminal(
    cli: Callable[..., Any], tmp_path: Path, families: dict[str, str]
) -> None:
    hostile = "".join(families.values()).replace("\0", "")
    draft = tmp_path / "evil.md"
    draft.write_text(f"“firm and {hostile} ironclad” General {hostile}Kim {hostile}(NCG) “open")
    done = cli("check", str(draft))
    assert done.code in (0, 1)
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out
    assert cli("check", str(draft), "--json").raw.isascii()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--open", "1"], 2, "--open needs one draft"),
        (["must-show.md", "honest-call.md", "--open", "1"], 2, "--open needs one draft"),
        (["must-show.md", "--open", "99"], 1, "has 9 findings, not 99"),
        (["must-show.md", "--open", "7"], 1, "no passage to open: not found"),
        (["must-show.md", "--open", "3"], 2, "needs a terminal"),
        (["must-show.md", "--open", "0"], 2, "no number above 0"),
    ],
)
def test_what_cannot_be_opened_says_so(
    cli: Callable[..., Any], words: list[str], code: int, said: str
) -> None:
    paths = [str(WRITTEN / word) if word.endswith(".md") else word for word in words]
    done = cli("check", *paths)
    assert done.code == code
    assert said in done.err
    assert done.out == ""
