"""The one door: nothing that comes out of it acts on a terminal."""

import os
import re
import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plain import (
    _SUSPECT,
    _show_match,
    clean,
    clean_line,
    clean_spans,
    counted,
    emit_exact,
    http_url,
    is_http_url,
)

LIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
HOSTILE = st.text(
    st.characters(codec=None, exclude_categories=[])
    | st.sampled_from("\x1b\x07\x9b\x9d\r\n\u2028\u202e\u200b\u200d\u0301\u0489\ufeff\U000e0041a가")
)

CASES = [
    ("", ""),
    ("plain text", "plain text"),
    ("two\nlines", "two\nlines"),
    ("\x1b[2J", "␛[2J"),
    ("\x1b]0;title\x07", "␛]0;title␇"),
    ("\x00\x08\x7f", "␀␈␡"),
    ("\x0b\x0c", "␋␌"),
    ("a\tb", "a b"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
    ("\x9b2J\x9d\x90", "\ufffd2J\ufffd\ufffd"),
    ("\ud800", "\ufffd"),
    ("\ufffe", "\ufffd"),
    ("\u202etxt\u2069", "<U+202E>txt<U+2069>"),
    ("\u061c", "<U+061C>"),
    ("soft\u00adhyphen", "softhyphen"),
    ("\ufeffzero\u200bwidth", "zerowidth"),
    ("\U000e0041\U000e0042", "<U+E0041><U+E0042>"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("❤\ufe0f", "❤\ufe0f"),
    ("🇰🇷🇺🇸🇯🇵🇰🇷🇺🇸🇯🇵", "🇰🇷🇺🇸🇯🇵🇰🇷🇺🇸🇯🇵"),
    ("…" * 12, "…" * 12),
    ("a" + "\u0301" * 3000, "a" + "\u0301" * 8),
    ("a" + "\u0301\u200d" * 3000 + "b", "a" + "\u0301\u200d" * 4 + "b"),
    ("\u1112" + "\u1161" * 500, "\u1112" + "\u1161" * 8),
    ("ngữ pháp", "ngữ pháp"),
    ("[/foo] [@click=app.quit]x[/]", "[/foo] [@click=app.quit]x[/]"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("code", range(0x100))
def test_every_byte_sized_character_is_harmless(code: int) -> None:
    assert not LIVE.search(clean(f"a{chr(code)}b"))


@given(HOSTILE)
def test_nothing_live_comes_out(text: str) -> None:
    shown = clean(text)
    assert not LIVE.search(shown)
    assert clean(shown) == shown
    marks = 0
    for char in shown:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        assert marks <= 8
    assert "\n" not in clean_line(text)


@given(HOSTILE, st.data())
def test_spans_cover_the_same_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown, ((new_start, new_end),) = clean_spans(text, [(start, end)])
    assert shown == clean(text)
    assert 0 <= new_start <= new_end <= len(shown)


def test_spans_move_past_what_was_written_out() -> None:
    text = "a\u202eb\x1bKim\r\nYong"
    shown, spans = clean_spans(text, [(4, 7), (9, 13), (1, 2), (0, 13)])
    assert [shown[a:b] for a, b in spans] == ["Kim", "Yong", "<U+202E>", shown]


def test_clean_text_is_returned_as_it_is_and_fast() -> None:
    text = "Lloyd J. Austin III met with Kim Yong Hyun “in Washington” 김용현 — 尹. " * 15_000
    began = time.process_time()
    assert clean(text) is text
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.org", "http://Example.org"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("https://example.org/김용현", "https://example.org/%EA%B9%80%EC%9A%A9%ED%98%84"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("//example.org", None),
        ("example.org", None),
        ("--help", None),
        ("ssh://-oProxyCommand=x", None),
        ("https://", None),
        ("https:///path", None),
        ("https://user@evil.example/", None),
        ("https://user:pw@evil.example/", None),
        ("https://exаmple.org/", None),
        ("https://example.org/\x1b[2J", None),
        ("https://example.org/\u202e", None),
        ("https://example.org/ x", None),
        ("https://example.org\\@evil.example", None),
        ("https://example.org:99999999/", None),
        ("https://-x.example/", None),
        ("https://example.org/" + "x" * 5000, None),
        ("", None),
    ],
)
def test_only_web_addresses_are_links(text: str, address: str | None) -> None:
    assert http_url(text) == address
    assert is_http_url(text) is (address is not None)


@given(st.text())
def test_an_address_is_ascii_or_none(text: str) -> None:
    address = http_url(text) or http_url(f"https://example.org/{text}")
    assert address is None or (address.isascii() and address.isprintable())


def test_machine_output_refuses_a_control() -> None:
    with pytest.raises(ValueError, match="control"):
        emit_exact("\x1b[2J")


WRITE = (
    "import sys; from tui import plain;"
    "[plain.emit(sys.argv[1], ('lit', 'lit')) for _ in range(int(sys.argv[2]))]; plain.finish()"
)


def run(code: str, *words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, check=False, timeout=30, **options)  # type: ignore[call-overload,no-any-return]


def test_emit_cleans_and_leaves_colour_out_of_a_pipe() -> None:
    done = run(WRITE, "\x1b[2J\u202e", "1")
    assert done.stdout.decode() == "␛[2J<U+202E>lit\n"


def test_a_reader_that_went_away_is_141() -> None:
    command = f'{sys.executable} -c "$CODE" x 200000 | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env={**os.environ, "CODE": WRITE}, check=False
    )
    assert done.stdout.split()[-1] == b"141"
    assert done.stderr == b""


def test_a_full_disk_is_2_and_said() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", WRITE, "x", "1"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"cannot write the answer: No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_closed_streams_leave_no_traceback() -> None:
    command = f'{sys.executable} -c "$CODE" x 1 >&-'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env={**os.environ, "CODE": WRITE}, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    done = subprocess.run(
        ["bash", "-c", command + " 2>&-"],
        capture_output=True,
        env={**os.environ, "CODE": WRITE},
        check=False,
    )
    assert done.returncode == 2


def test_an_encoding_that_cannot_say_it_escapes() -> None:
    done = run(WRITE, "✓ 김", "1", env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0
    assert done.stdout == b"\\u2713 \\uae40lit\n"


def test_complain_is_clean_and_named() -> None:
    done = run("from tui import plain; plain.complain('no \\x1b[2J here')")
    assert done.stderr.decode() == "readout: no ␛[2J here\n"
    assert done.stdout == b""


def test_one_thing_is_counted_as_one() -> None:
    assert counted(1, "passage") == "1 passage"
    assert counted(0, "passage") == "0 passages"
    assert counted(1200, "person", "people") == "1,200 people"
    assert counted(1, "person", "people") == "1 person"


@pytest.mark.parametrize("code", range(128))
def test_ascii_is_judged_as_any_text_is(code: int) -> None:
    for text in (chr(code), f"a{chr(code)}b", f"\r{chr(code)}"):
        shown, ((start, end),) = clean_spans(text, [(0, len(text))])
        other, ((first, last),) = clean_spans(f"{text}é", [(0, len(text))])
        assert clean(text) == shown == other[:-1] == clean(f"{text}é")[:-1]
        assert (start, end) == (first, last)


@given(st.text(st.sampled_from("a░→가か\u0301\u3099\u1161\ufe0f\u200d\ue000 “—"), max_size=40))
def test_a_glance_judges_as_the_whole_look_does(text: str) -> None:
    assert clean(text) == _SUSPECT.sub(_show_match, text)


def test_what_is_suspect_by_itself_is_not_printable() -> None:
    every = (chr(code) for code in range(0x110000))
    assert not [c for c in every if c.isprintable() and _SUSPECT.match(c)]


def test_nothing_that_a_glance_passes_over_is_a_mark() -> None:
    marks = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in ("Mn", "Me")]
    # Each alone and many of them: what a glance passes over would come back whole.
    assert [c for c in marks if c.isprintable() and clean(f"a{c * 20}") == f"a{c * 20}"] == []
