"""Make an archive of very many events, with dates of every kind over eight decades.

    uv run python tests/benchmarks/many_events.py DIR [--events N] [--seed N]

Beside the events stand 2,000 people, 12 states and 300 initiatives, a few of them in very many
events and most in few, as it is in real archives. Every event has its quote in a source.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

PEOPLE, INITIATIVES = 2_000, 300
A_SOURCE, A_FILE = 40, 1_000
FIRST, LAST = date(1946, 1, 1), date(2026, 6, 30)
STATES = (
    ["USA", "KOR", "JPN", "PRK", "CHN", "RUS", "AUS", "GBR", "FRA", "DEU", "CAN", "PHL"],
    ("United States", "South Korea", "Japan", "North Korea", "China", "Russia", "Australia",
     "United Kingdom", "France", "Germany", "Canada", "Philippines"),
)  # fmt: skip
_SYLLABLES = tuple("bacedifoguhajekilomunaperisotuvawexiyozu"[n : n + 2] for n in range(0, 40, 2))
_WORDS = ("talks", "drill", "visit", "review", "launch", "briefing", "patrol", "summit")
_STATUS = ("held", "held", "held", "held", "planned", "reported", "denied")
_OUTSIDE = 'url = "https://example.org/records"\n'


class Chance(random.Random):
    """Draws names, days and dates; the same for the same seed."""

    def word(self, syllables: int) -> str:
        """Make up a word."""
        return "".join(self.choices(_SYLLABLES, k=syllables)).capitalize()

    def rank(self, count: int) -> int:
        """Draw a number below `count`, low ones far more often."""
        return int(count * self.random() ** 3)

    def day(self) -> date:
        """Draw a day, late ones more often."""
        days = (LAST - FIRST).days
        return FIRST + timedelta(days=int(days * self.random() ** 0.5))

    def when(self) -> tuple[str, str, str]:
        """Draw a date: its EDTF (empty where only words are known), the words, the basis."""
        day = self.day()
        year, month, number = f"{day.year}", f"{day.year}-{day.month:02}", f"{day.day:02}"
        later = day + timedelta(days=self.choice((1, 2, 5, 20, 90, 400)))
        kinds = (
            (60, f"{day}", f"{day}", "stated"),
            (8, month, month, "stated"),
            (4, f"{year}-2{self.randint(1, 4)}", "that season", "stated"),
            (4, year, f"in {year}", "stated"),
            (5, f"{year}-{day.month:02}?-{number}", f"the {number}", "inferred"),
            (3, f"{year}-?{day.month:02}-?{number}", "Friday", "inferred"),
            (2, f"{day}?", "on that day", "inferred"),
            (4, f"{day}/{later}", f"from {day}", "stated"),
            (1, f"{year}/{later.year + 1}", "for years", "stated"),
            (2, f"../{day}", "by then", "inferred"),
            (1, f"{day}/..", f"since {day}", "stated"),
            (1, f"[{day},{later}]", "on one of two days", "inferred"),
            (1, f"{year[:3]}X", f"the {year[:3]}0s", "stated"),
            (4, "", self.choice(("this summer", "recently", "on Monday", "soon")), "stated"),
        )
        return self.choices([k[1:] for k in kinds], [k[0] for k in kinds])[0]


def build(root: Path, events: int = 100_000, seed: int = 1) -> None:
    """Write the archive into a folder that does not exist yet."""
    chance = Chance(seed)
    for folder in ("sources", "events", "actors", "initiatives", "notes"):
        (root / folder).mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Very many events"\nformat = 1\n')
    _bearers(root, chance)
    blocks: list[str] = []
    for first in range(0, events, A_SOURCE):
        source = f"gen-{first // A_SOURCE:05}"
        said: list[str] = []
        for number in range(first, min(first + A_SOURCE, events)):
            title = f"{chance.word(3)} {chance.choice(_WORDS)}"
            said.append(f"In {number} the {title} took place.")
            blocks.append(_event(chance, source, number, title, said[-1]))
        data = ("\n".join(said) + "\n").encode()
        (root / "sources" / f"{source}.txt").write_bytes(data)
        about = f'name = "{source}"\nsha256 = "{sha256(data).hexdigest()}"\n'
        (root / "sources" / f"{source}.toml").write_text(about)
    for first in range(0, len(blocks), A_FILE):
        file = root / "events" / f"gen-{first // A_FILE:04}.toml"
        file.write_text("\n".join(blocks[first : first + A_FILE]))


def _bearers(root: Path, chance: Chance) -> None:
    codes, names = STATES
    states = [
        f'[[state]]\nid = "{code.lower()}"\nname = "{name}"\ncode = "{code}"\n'
        f'[[state.outside]]\n{_OUTSIDE}name = "{name}"\n'
        for code, name in zip(codes, names, strict=True)
    ]
    people = []
    for number in range(PEOPLE):
        name = f"{chance.word(2)} {chance.word(3)}{number}"
        country = codes[chance.rank(len(codes))].lower()
        people.append(
            f'[[person]]\nid = "person-{number}"\nname = "{name}"\n[[person.outside]]\n{_OUTSIDE}'
            f'name = "{name}"\ncountry = "{country}"\n'
        )
    initiatives = []
    for number in range(INITIATIVES):
        name, short = f"{chance.word(3)} {chance.word(2)} Group {number}", f"G{number}"
        initiatives.append(
            f'[[initiative]]\nid = "initiative-{number}"\nname = "{name}"\ntype = "body"\n'
            f'[[initiative.outside]]\n{_OUTSIDE}name = "{name}"\nabbreviation = "{short}"\n'
        )
    (root / "actors" / "states.toml").write_text("\n".join(states))
    (root / "actors" / "people.toml").write_text("\n".join(people))
    (root / "initiatives" / "all.toml").write_text("\n".join(initiatives))


def _event(chance: Chance, source: str, number: int, title: str, quote: str) -> str:
    edtf, words, basis = chance.when()
    status = chance.choice(_STATUS)
    people = sorted({chance.rank(PEOPLE) for _ in range(chance.randint(1, 3))})
    actors = ", ".join(f'"person-{n}"' for n in people)
    groups = sorted({chance.rank(INITIATIVES) for _ in range(chance.randint(0, 2))})
    block = (
        f'[[event]]\nid = "gen-event-{number}"\ntitle = "{title}"\ntype = "meeting"\n'
        f'[[event.stated]]\nsource = "{source}"\nquote = "{quote}"\nstatus = "{status}"\n'
        f"actor = [{actors}]\n"
    )
    if groups:
        block += "initiative = [" + ", ".join(f'"initiative-{n}"' for n in groups) + "]\n"
    outside = chance.random() < 0.03 and edtf != ""
    if not outside:
        if basis == "inferred":
            block += f'[[event.inferred]]\nwhy = "as it reads"\nfrom = [{{ source = "{source}", '
            block += f'quote = "{quote}" }}]\n'
        block += f'date = "{edtf}"\n' if edtf else ""
        block += f'date_text = "{words}"\n'
    if outside or chance.random() < 0.05:
        block += f'[[event.outside]]\n{_OUTSIDE}date = "{edtf if outside else chance.day()}"\n'
    return block


def main() -> None:
    """Write an archive where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    build(options.folder, options.events, options.seed)


if __name__ == "__main__":
    main()
