"""What the card of each kind of record says, and in which order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tui.desk.render.card import CardDocument
from tui.desk.render.text import width_of

if TYPE_CHECKING:
    from tui.archive import Library


def sections(library: Library, record: str, width: int = 90) -> dict[str, list[str]]:
    """Give a card's rows by heading; what stands before the first heading under ""."""
    card = CardDocument(library, library.record(record))
    found: dict[str, list[str]] = {"": []}
    here = ""
    for index in range(len(card)):
        rows = ["".join(text for text, _ in row) for row in card.chunk(index, width)]
        before = index and not "".join(
            text for row in card.chunk(index - 1, width) for text, _ in row
        )
        if before and not card.stops(index) and rows[0] and not rows[0].startswith(" "):
            here = rows[0].rstrip("0123456789, ").split("  ")[0].strip()
            here = here.rstrip("0123456789 ")
            found[here] = []
        else:
            found[here].append(" ".join(" ".join(rows).split()))
    return found


def test_the_life_of_an_initiative_is_told_in_time_order(library: Library) -> None:
    life = [row for row in sections(library, "extended-deterrence")["life"] if row]
    assert [row.split("●")[0].split("○")[0].split("–")[0].strip() for row in life] == [
        "established",
        "May 2022? agreed",
        "May 2022? agreed",
        "31 Jan 2023? proposed",
        "31 Jan 2023? agreed",
        "Feb 2023? to deliver",
        "30 Oct 2024? agreed",
        "undated to deliver",
    ]
    assert all("✓" in row for row in life[1:])
    assert [("○" in row) for row in life] == [" to deliver " in row for row in life]


def test_a_wrong_name_is_marked_with_its_source(library: Library) -> None:
    names = sections(library, "ncg")["names as found"]
    assert "wrongly Nuclear Planning Group ✓✎ art-001" in names


def test_every_event_of_an_initiative_stands_on_its_card_once_as_an_event(library: Library) -> None:
    for initiative in library.records("initiative"):
        card = CardDocument(library, initiative)
        opened = [stop.opens for i in range(len(card)) if (stop := card.stop(i)) is not None]
        for event in library.events_of(initiative.id):
            assert event in opened, (initiative.id, event)


@pytest.mark.parametrize(
    ("person", "row"),
    [
        ("lloyd-austin", "30 Oct 2024 ● Kim Yong-hyun “met with” Washington, D.C."),
        ("lloyd-austin", "31 Jan 2023? ● Lee Jong-sup “held talks”"),
        ("lloyd-austin", "31 Oct 2024? ○ Antony Blinken “will be joined by”"),
        ("kim-yong-hyun", "31 Oct 2024? ○ Lloyd J. Austin III “will meet again”"),
        ("marco-rubio", "Jul 2025? ● Iwaya Takeshi “met with” Malaysia"),
        ("kim-myung-soo", "11 Jul 2025? ● Dan Caine “discussed” Seoul"),
        ("yoon-suk-yeol", "31 Jan 2023? ● Lloyd J. Austin III “in a meeting with”"),
    ],
)
def test_a_person_met_others_in_the_words_of_the_source(
    library: Library, person: str, row: str
) -> None:
    assert any(line.startswith(row) for line in sections(library, person, 130)["met"])


def test_what_somebody_said_is_theirs_however_the_source_calls_them(library: Library) -> None:
    austin = sections(library, "lloyd-austin")["said, as printed"]
    assert any("more of the these in the future" in row for row in austin)
    assert any(
        "strengthens everyone’s security" in row and "Minister Austin" in row for row in austin
    )
    assert not any("that can ease the worries" in row for row in austin)
    yoon = sections(library, "yoon-suk-yeol")["said, as printed"]
    assert any("as “President 尹”" in row for row in yoon)
    assert any("that can ease the worries" in row for row in yoon)
    assert any(
        "a shared path forward" in row for row in sections(library, "dan-caine")["said, as printed"]
    )
    assert "said, as printed" not in sections(library, "kim-jong-un")


def test_offices_come_by_term_and_printed_titles_behind_them(library: Library) -> None:
    rows = sections(library, "yoshida-yoshihide", 130)[""]
    offices = [row for row in rows if "Joint Staff" in row or "President of the" in row]
    assert [row.split("·")[0].split("since")[0].strip() for row in offices][:2] == [
        "office Chief of Staff, Joint Staff Japan Joint Staff",
        "President of the National Defense Academy",
    ]
    assert any(row.startswith("title printed Chief of Staff ✓") for row in rows)


def test_a_body_lists_who_held_its_offices_by_term(library: Library) -> None:
    rows = sections(library, "us-joint-chiefs", 130)["offices held here"]
    assert [row.split("Chairman")[0].strip(" ·") for row in rows if row] == [
        "Charles Q. Brown Jr.",
        "Dan Caine",
    ]


def test_a_state_lists_its_people_bodies_and_memberships(library: Library) -> None:
    found = sections(library, "japan")
    assert {
        row.split("  ")[0].strip("· ").split(" Chief")[0].split(" Foreign")[0]
        for row in found["people"]
        if row
    } == {"Yoshida Yoshihide", "Iwaya Takeshi"}
    assert any("Japan Joint Staff" in row for row in found["organizations"])
    assert any("Trilateral air drills" in row for row in found["member of"])


def test_no_section_is_empty_and_no_row_too_wide(library: Library) -> None:
    for kind in ("person", "organization", "state", "initiative", "event"):
        for record in library.records(kind):
            card = CardDocument(library, record)
            for width in (30, 66, 76):
                for index in range(len(card)):
                    for row in card.chunk(index, width):
                        words = "".join(text for text, _ in row)
                        assert width_of(row) <= width or " " not in words.strip(), (
                            record.id,
                            words,
                        )
            texts = [
                "".join(t for row in card.chunk(i, 90) for t, _ in row) for i in range(len(card))
            ]
            assert not any(not a and not b for a, b in pairwise(texts)), record.id
            assert texts[-1]


def _rows(library: Library, record: str, width: int) -> list[str]:
    card = CardDocument(library, library.record(record))
    chunks = [card.chunk(index, width) for index in range(len(card))]
    return ["".join(text for text, _ in row) for rows in chunks for row in rows]


def test_every_value_that_others_contradict_is_marked_and_no_other(library: Library) -> None:
    rows = _rows(library, "lloyd-austin", 66)
    marked = {row[14:40].strip() for row in rows if "≠" in row}
    assert marked == {"Defense Secretary", "Minister"}
    marked = {row[14:40].strip() for row in _rows(library, "kim-myung-soo", 66) if "≠2" in row}
    assert marked == {"General", "Admiral"}
    told = sections(library, "missile-warning-sharing", 130)["life"]  # in other words than compared
    assert all("≠4" in row for row in told if "underway" in row or "Phnom Penh" in row)
    assert not any("≠" in row for row in told if "●" in row)


def test_a_difference_that_no_value_of_the_card_is_a_side_of_is_still_marked(
    library: Library,
) -> None:
    for item in library.disagreements:
        record = item.about
        if record and library.kind_of(record) not in (None, "source"):
            assert any(f"≠{len(item.values)}" in row for row in _rows(library, record, 66)), record


def test_where_a_value_begins_is_seen_from_its_column(library: Library) -> None:
    rows = _rows(library, "extended-deterrence", 66)
    at = next(n for n, row in enumerate(rows) if row.startswith("covers"))
    assert rows[at][14:].startswith("the alliance’s ability")
    assert rows[at + 1].startswith(" " * 16 + "respond to")
    after = next(row for row in rows[at:] if "information sharing" in row)
    assert after.startswith(" " * 14 + "information sharing")


def test_a_reason_hangs_from_what_it_explains(library: Library) -> None:
    rows = _rows(library, "scm-56", 66)
    assert " " * 14 + "╰ Each country is there in its minister." in rows


def test_a_reason_is_given_once_on_a_card_and_pointed_to_in_another_section(
    library: Library,
) -> None:
    rows = _rows(library, "ncg", 90)
    assert sum("Agreed in the Washington Declaration" in row for row in rows) == 1
    at = next(n for n, row in enumerate(rows) if "Agreed in the Washington" in row)
    assert rows[at - 1].startswith("part of")
    pointing = next(n for n, row in enumerate(rows) if "╰ as for “part of”, above" in row)
    assert "established" in rows[pointing - 1]


@pytest.mark.parametrize("width", [36, 52, 66, 76])
def test_a_term_breaks_only_between_its_days(library: Library, width: int) -> None:
    for record in ("kim-myung-soo", "lloyd-austin", "sergei-lavrov", "rok-joint-chiefs"):
        card = CardDocument(library, library.record(record))
        offices = [i for i in range(len(card)) if (s := card.stop(i)) and s.field == "office"]
        for index in offices:
            for row in card.chunk(index, width):
                words = "".join(text for text, _ in row).rstrip()
                assert "\u00a0" not in words
                assert not words.endswith((" since 9", " since", " Nov", " Sep", " Jan", " 27"))
    for event in library.records("event"):
        rows = [row.rstrip() for row in _rows(library, event.id, width) if row.startswith("date")]
        assert not any(row.endswith(("≤", "≈", "(≈ 11", "day", "– 30")) for row in rows)


def test_what_closes_a_row_stands_at_the_right_edge(library: Library) -> None:
    for kind in ("person", "organization", "initiative", "event"):
        for record in library.records(kind):
            card = CardDocument(library, record)
            for index in range(len(card)):
                stop = card.stop(index)
                if stop is None or stop.fact is None:
                    continue
                rows = card.chunk(index, 66)
                ends = [row for row in rows if row[-1][1] == "faint" and width_of(row) == 66]
                assert ends or not stop.fact.evidence, (record.id, rows)


def test_a_value_and_the_mark_that_closes_its_row_stand_close_enough_to_be_read_as_one(
    library: Library,
) -> None:
    for row in _rows(library, "lloyd-austin", 190):
        assert len(row) <= 110


def test_what_stands_is_set_off_from_a_life_and_only_from_one(library: Library) -> None:
    rows = _rows(library, "missile-warning-sharing", 90)
    assert rows[next(n for n, row in enumerate(rows) if row.startswith("status")) - 1] == ""
    rows = _rows(library, "credible-deterrence", 90)
    assert rows[next(n for n, row in enumerate(rows) if row.startswith("status")) - 1] != ""
