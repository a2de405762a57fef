"""The commands over the archive that ships: shapes, exit codes, words."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
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
FACT = {"field", "value", "text", "basis", "why", "url", "qualifiers", "evidence"}
EVIDENCE = {"source", "start", "end", "quote", "state"}
KEYS = {
    "events": "id title type date date_text date_basis earliest latest place status actors "
    "initiatives evidence",
    "people": "id name native aliases country offices evidence",
    "organizations": "id name abbreviation native aliases country parent evidence",
    "states": "id name code abbreviation native aliases evidence",
    "initiatives": "id name abbreviation native aliases parent type members established evidence",
    "sources": "id name title publisher published language url length sha256",
    "notes": "source start end quote kind text meant about url",
    "disagreements": "about field values verdict url",
    "promises": "id title promised_by promised_basis due due_text due_basis state state_basis "
    "against elsewhere announced_at initiatives kept_by evidence later",
}


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def evidence_of(value: Any) -> list[dict[str, Any]]:
    """Collect every piece of evidence anywhere in a JSON answer."""
    if isinstance(value, dict):
        if set(value) == EVIDENCE:
            return [value]
        return [item for inner in value.values() for item in evidence_of(inner)]
    if isinstance(value, list):
        return [item for inner in value for item in evidence_of(inner)]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_list_has_its_documented_shape(cli: Callable[..., Any], kind: str) -> None:
    done = cli("list", kind, "--json")
    assert done.code == 0
    assert done.raw.isascii()
    assert done.json
    for row in done.json:
        assert list(row) == KEYS[kind].split()
    for item in evidence_of(done.json):
        assert item["state"] in ("exact", "normalised")
        assert 0 <= item["start"] < item["end"]


@pytest.mark.parametrize("kind", KINDS)
def test_list_is_readable_at_80_columns(cli: Callable[..., Any], kind: str) -> None:
    done = cli("list", kind)
    assert done.code == 0
    assert "\x1b" not in done.out
    lines = done.out.splitlines()
    assert lines
    for line in lines:
        assert line == line.rstrip()
        assert cells(line) <= 80 or " " not in line.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_list_as_csv_has_as_many_rows(cli: Callable[..., Any], kind: str) -> None:
    table = list(csv.reader(io.StringIO(cli("list", kind, "--csv").out)))
    assert table[0] == KEYS[kind].split()
    assert len(table) - 1 == len(cli("list", kind, "--json").json)
    assert not any(cell[:1] in "=+-@\t" for row in table for cell in row if cell)


def test_events_say_what_is_known_of_their_date(cli: Callable[..., Any]) -> None:
    events = {event["id"]: event for event in cli("list", "events", "--json").json}
    scm = events["scm-56"]
    assert (scm["date"], scm["date_basis"]) == ("2024-10-30", "stated")
    assert scm["earliest"] == scm["latest"] == "2024-10-30"
    assert {"id": "kim-yong-hyun", "role": "participant"} in scm["actors"]
    undated = [event for event in events.values() if event["date"] is None]
    assert undated
    assert all(event["earliest"] is None and event["latest"] is None for event in undated)
    assert [*events][-1] in {event["id"] for event in undated}


def test_show_a_record(cli: Callable[..., Any]) -> None:
    done = cli("show", "kim myung-soo", "--json")
    assert done.code == 0
    shown = done.json
    assert shown["id"] == "kim-myung-soo"
    assert {"id", "kind", "name", "aliases", "facts", "notes", "events", "mentions"} <= set(shown)
    for fact in shown["facts"]:
        assert set(fact) == FACT
        assert fact["basis"] in ("stated", "inferred", "outside", "not stated")
        if fact["basis"] == "stated":
            assert fact["evidence"]
        if fact["basis"] == "outside":
            assert fact["url"].startswith("https://")
    ranks = {f["value"] for f in shown["facts"] if f["field"] == "rank" and f["evidence"]}
    assert {"Admiral", "General"} <= ranks
    assert any(fact["field"] == "office" for fact in shown["facts"])
    assert shown["events"]
    assert {"source", "start", "end", "text"} == set(shown["mentions"][0])


def test_offsets_are_code_points_of_the_text(cli: Callable[..., Any]) -> None:
    texts = {
        source["id"]: cli("show", source["id"], "--json").json
        for source in cli("list", "sources", "--json").json
    }
    for source in texts.values():
        file = ROOT / "content" / "sources" / f"{source['id']}.txt"
        assert source["text"].encode() == file.read_bytes()
    for name in ("scm-56", "kim-myung-soo", "art-003"):
        for item in evidence_of(cli("show", name, "--json").json):
            if item["state"] == "exact":
                text = texts[item["source"]]["text"]
                assert text[item["start"] : item["end"]] == item["quote"]


def test_show_a_source(cli: Callable[..., Any]) -> None:
    shown = cli("show", "art-001", "--json").json
    assert {"id", "kind", "title", "publisher", "published", "text", "sha256", "notes"} <= set(
        shown
    )
    assert shown["kind"] == "source"
    assert set(shown["published"]) == FACT
    page = cli("show", "art-001").out
    assert page.startswith("Stronger Together: U.S., South Korea Pledge")
    assert "At the recent 56th Security Consultative Meeting (SCM)" in " ".join(page.split())


def test_show_says_what_is_not_stated(cli: Callable[..., Any]) -> None:
    facts = cli("show", "undated-leaders-talks", "--json").json["facts"]
    missing = {fact["field"] for fact in facts if fact["basis"] == "not stated"}
    assert "place" in missing
    assert "– not stated in 5 sources" in cli("show", "undated-leaders-talks").out


@pytest.mark.parametrize("name", ["scm-56", "kim myung-soo", "ncg", "south-korea", "art-002"])
def test_show_reads_well_at_80_columns(cli: Callable[..., Any], name: str) -> None:
    done = cli("show", name)
    assert done.code == 0
    assert "\x1b" not in done.out
    for line in done.out.splitlines():
        assert cells(line) <= 80 or "://" in line, line
    assert "readout:art-" in done.out


def test_names_of_every_sort_find_their_record(cli: Callable[..., Any]) -> None:
    for name in ("kim-yong-hyun", "Kim Yong-hyun", "KIM YONG HYUN", "김용현"):
        assert cli("show", name, "--json").json["id"] == "kim-yong-hyun"
    for name in ("kim yonghyun", "gim yong-hyeon"):
        near = cli("show", name, "--json")
        assert near.json["id"] == "kim-yong-hyun"
    near = cli("show", "kim yong hyunn")
    assert near.code == 0
    assert "nearest to “kim yong hyunn”: Kim Yong-hyun" in near.err


def test_a_bare_surname_lists_every_candidate(cli: Callable[..., Any]) -> None:
    done = cli("show", "kim")
    assert done.code == 1
    assert all(name in done.out for name in ("kim-yong-hyun", "kim-myung-soo", "kim-jong-un"))
    assert "may be any of" in done.err
    error = cli("show", "kim", "--json").error
    assert error["code"] == "ambiguous"
    assert {"id", "kind", "name", "why"} == set(error["candidates"][0])
    assert cli("show", "austin", "--json").json["id"] == "lloyd-austin"


def test_find_shape_and_spans(cli: Callable[..., Any]) -> None:
    done = cli("find", "extnded deterence", "--json")
    assert done.code == 0
    assert done.raw.isascii()
    answer = done.json
    assert list(answer) == ["query", "took_ms", "records", "passages", "notices"]
    assert answer["notices"] == []
    for hit in answer["records"]:
        assert list(hit) == ["id", "kind", "name", "matched", "why", "score"]
    lit = set()
    for hit in answer["passages"]:
        assert list(hit) == ["source", "start", "end", "text", "spans", "why", "score"]
        text = cli("show", hit["source"], "--json").json["text"]
        assert text[hit["start"] : hit["end"]] == hit["text"]
        for start, end in hit["spans"]:
            assert hit["start"] <= start < end <= hit["end"]
            if text[start:end].casefold() == "extended deterrence":
                lit.add(hit["source"])
    assert len(lit) >= 2


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kim yonghyun", "kim-yong-hyun"),
        ("김용현", "kim-yong-hyun"),
        ("gim yong-hyeon", "kim-yong-hyun"),
        ("ncg", "ncg"),
        ("2+2", "two-plus-two"),
        ("尹", "yoon-suk-yeol"),
    ],
)
def test_find_lands(cli: Callable[..., Any], query: str, first: str) -> None:
    records = cli("find", query, "--json").json["records"]
    assert records[0]["id"] == first
    assert first == "kim-jong-un" or "kim-jong-un" not in {hit["id"] for hit in records}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("find", "alliance " * 40), "256 characters"),
        (("find", "actor:yoon deterrence"), "Yoon Suk Yeol"),
    ],
)
def test_what_a_reader_must_know_reaches_a_pipe_and_a_person(
    cli: Callable[..., Any], words: tuple[str, ...], said: str
) -> None:
    plain, asked = cli(*words), cli(*words, "--json")
    notices = asked.json["notices"]
    assert said in " ".join(notices)
    for done in (plain, asked):
        assert [line for line in done.err.splitlines() if said in line]
    (many,) = cli("find", "--stdin", stdin=words[1].encode()).out.splitlines()
    assert json.loads(many)["notices"] == notices


def test_an_index_in_memory_says_so_in_a_pipe_too(cli: Callable[..., Any], tmp_path: Path) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_text("")
    done = cli("find", "ncg", "--json", XDG_CACHE_HOME=str(no_folder))
    assert done.code == 0
    assert [notice for notice in done.json["notices"] if "memory" in notice]


def test_find_plain(cli: Callable[..., Any]) -> None:
    done = cli("find", "missile", "warning", "--limit", "3")
    assert done.code == 0
    assert "passages\n" in done.out
    assert "readout:art-" in done.out
    assert "\x1b" not in done.out
    assert all(cells(line) <= 80 for line in done.out.splitlines())


def test_find_narrowed(cli: Callable[..., Any]) -> None:
    people = cli("find", "kim", "--only", "people", "--json").json
    assert {hit["kind"] for hit in people["records"]} == {"person"}
    assert people["passages"] == []
    passages = cli("find", "austin", "--only", "passages", "--json").json
    assert passages["records"] == []
    assert passages["passages"]
    dated = cli("find", "meeting", "--only", "events", "--from", "2024", "--to", "2024", "--json")
    ids = {hit["id"] for hit in dated.json["records"]}
    events = {event["id"]: event for event in cli("list", "events", "--json").json}
    assert ids
    for id_ in ids:
        assert (events[id_]["earliest"] or "0") <= "2024-12-31"
        assert (events[id_]["latest"] or "9999") >= "2024-01-01"


def test_find_within_dates_keeps_only_what_was_published_then(cli: Callable[..., Any]) -> None:
    whole = cli("find", "scm", "--json").json
    assert {"art-001", "art-003"} <= {hit["source"] for hit in whole["passages"]}
    dated = cli("find", "scm", "--from", "2024", "--to", "2024", "--json").json
    assert {hit["source"] for hit in dated["passages"]} == {"art-001"}
    assert cli("find", "scm", "--from", "1990", "--to", "1991").code == 1


def test_find_many_answers_line_by_line(cli: Callable[..., Any]) -> None:
    import json

    done = cli("find", "--stdin", stdin="ncg\nlasagna recipe\n\n김용현\n\xff".encode())
    assert done.code == 0
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [a["query"] for a in answers] == ["ncg", "lasagna recipe", "", "김용현", "ÿ"]
    assert answers[0]["records"][0]["id"] == "ncg"
    assert answers[1]["records"] == answers[1]["passages"] == []


def test_nothing_found_is_1(cli: Callable[..., Any]) -> None:
    done = cli("find", "lasagna recipe")
    assert (done.code, done.out) == (1, "")
    assert "nothing found" in done.err
    answer = cli("find", "lasagna recipe", "--json")
    assert answer.code == 1
    assert answer.json["records"] == answer.json["passages"] == []
    missing = cli("show", "lasagna recipe", "--json")
    assert (missing.code, missing.out, missing.error["code"]) == (1, "", "not-found")


def test_check_counts_what_ships(cli: Callable[..., Any]) -> None:
    done = cli("check")
    assert done.code == 0, done.out
    assert ": 0 faults" in done.out
    for word in ("5 sources", "15 people", "events", "organizations", "states", "initiatives"):
        assert word in done.out
    assert "quotes: " in done.out
    assert "sentences carry a record (" in done.out
    report = cli("check", "--json").json
    assert report["faults"] == []
    assert report["counts"]["sources"] == 5


@pytest.mark.parametrize(
    ("words", "code", "kind", "said"),
    [
        (["fnid", "x"], 2, "usage", "did you mean readout find?"),
        (["lasagna"], 2, "usage", "readout find 'lasagna'"),
        (["export", "csv"], 2, "later", "not built yet"),
        (["find"], 2, "usage", "find needs a query"),
        (["find", "x", "--limit", "0"], 2, "usage", "no number above 0"),
        (["find", "x", "--only", "cats"], 2, "usage", "invalid choice"),
        (["find", "x", "--from", "2024-02-30"], 2, "date", "29 days"),
        (["find", "x", "--from", "2025", "--to", "2024"], 2, "date", "is after"),
        (["find", "x", "--frm", "2024"], 2, "usage", "--frm"),
        (["list", "cats"], 2, "usage", "invalid choice"),
        (["show"], 2, "usage", "NAME"),
        (["show", "../../etc/passwd"], 1, "not-found", "nothing is named"),
        (["show", "x" * 100_000], 1, "not-found", "nothing is named"),
        (["check", "draft.md"], 2, "usage", "no such file"),
        (["--archive", "/nowhere", "list", "people"], 2, "archive", "/nowhere"),
    ],
)
def test_refusals(
    cli: Callable[..., Any], words: list[str], code: int, kind: str, said: str
) -> None:
    done = cli(*words)
    assert done.code == code
    assert done.out == ""
    assert said in done.err
    assert done.err.startswith("readout: ")
    error = cli(*words, "--json").error
    assert error["code"] == kind
    assert error["exit"] == code


def test_check_a_file_of_an_archive(cli: Callable[..., Any]) -> None:
    events = next((ROOT / "content" / "events").glob("*.toml"))
    assert "0 faults" in cli("check", str(events)).out


def test_help_and_version(cli: Callable[..., Any]) -> None:
    done = cli("--help")
    assert done.code == 0
    assert all(word in done.out for word in ("find", "show", "list", "check", "exit codes"))
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert cli("find", "--help").code == 0
    version = cli("--version")
    assert version.code == 0
    assert version.out.startswith("readout ")


def test_without_a_terminal_the_desk_refuses_at_once(cli: Callable[..., Any]) -> None:
    done = cli()
    assert done.seconds < 5
    assert done.code == 2
    assert done.out == ""
    assert "readout find QUERY" in done.err
    assert cli("--archive", "/nowhere").code == 2


def test_the_way_to_the_desk_imports_little() -> None:
    code = (
        "import sys; sys.argv = ['readout']\n"
        "from tui.__main__ import main\n"
        "assert main() == 2\n"
        "heavy = {'argparse', 'pydantic', 'textual', 'rich', 'tomllib', 'numpy', 'json'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_and_a_full_disk() -> None:
    shell = f"({sys.executable} -m tui show art-003; echo $? >&2) | head -c 10"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=ROOT, check=False)
    assert done.stderr.strip() in (b"141", b"0")
    shell = f"{sys.executable} -m tui list notes > /dev/full"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_interrupting_a_command_is_130() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "tui", "find", "--stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"ncg\n")
    running.stdin.flush()
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=10)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert out == b""


def test_an_archive_by_environment_and_by_option(cli: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text('title = "Empty"\ndescription = "."\nformat = 1\n')
    assert cli("list", "people", archive=tmp_path).code == 1
    done = cli("--archive", str(tmp_path), "check", "--json")
    assert done.json["title"] == "Empty"
    assert cli("check", "--archive", str(tmp_path), archive=Path("/nowhere")).code == 0
    assert os.environ.get("READOUT_ARCHIVE") is None


def test_show_says_what_became_of_a_promise(cli: Callable[..., Any]) -> None:
    out = cli("show", "dsc-ttx-2023-02").out
    assert "overdue here" in out
    assert "the archive reaches to 2025 (art-002)" in " ".join(out.split())
    assert "↗ kept" in out
    assert "overdue here" not in cli("show", "scm-56").out


def test_promises_say_what_is_known_since(cli: Callable[..., Any]) -> None:
    rows = {row["id"]: row for row in cli("list", "promises", "--json").json}
    assert rows["dsc-ttx-2023-02"]["state"] == "overdue here"
    assert rows["dsc-ttx-2023-02"]["elsewhere"] == "kept"
    assert rows["dsc-ttx-2023-02"]["announced_at"] == ["lee-austin-talks-2023"]
    kept = rows["missile-warning-measures-planned"]
    assert (kept["state"], kept["state_basis"]) == ("kept", "inferred")
    assert kept["kept_by"] == ["trilateral-missile-data-sharing"]
    assert {item["relation"] for item in kept["later"]} == {"kept", "followed up"}
