from __future__ import annotations

from rich.cells import cell_len

from tui.desk.render.text import NARROW, safe, wrap_offsets


def test_what_is_called_narrow_takes_one_cell_and_is_drawn_as_it_is() -> None:
    narrow = [c for c in map(chr, range(0x30000)) if NARROW.fullmatch(c)]
    assert len(narrow) > 500
    assert [c for c in narrow if cell_len(c) != 1 or safe(c) != c] == []


def test_rows_break_alike_whether_measured_or_not() -> None:
    words = "He said ‘no’ — twice – and “left”… the café at noon "
    measured = wrap_offsets(words + "尹", 0, len(words), 20)
    text = words + "尹"
    whole = wrap_offsets(text, 0, len(text), 20)
    assert whole[: len(measured) - 1] == measured[:-1]
