"""Which country a word before a title means: names, adjectives, capitals; as ISO 3166-1 alpha-3."""

from __future__ import annotations

_TABLE = """
KOR south korea|south korean|republic of korea|rok|seoul|r.o.k
PRK north korea|north korean|dprk|pyongyang
KOR PRK korea|korean
USA united states|us|usa|american|america|washington
JPN japan|japanese|tokyo
RUS russia|russian|moscow|kremlin
CHN china|chinese|beijing|prc
UKR ukraine|ukrainian|kyiv
MYS malaysia|malaysian
GBR united kingdom|uk|british|britain
FRA france|french
DEU germany|german
AUS australia|australian
CAN canada|canadian
IND india|indian
IDN indonesia|indonesian
PHL philippines|philippine|filipino
VNM vietnam|vietnamese
THA thailand|thai
SGP singapore|singaporean
MNG mongolia|mongolian
TWN taiwan|taiwanese
NZL new zealand
POL poland|polish
ITA italy|italian
ESP spain|spanish
TUR turkey|turkish|türkiye
ISR israel|israeli
IRN iran|iranian
BLR belarus|belarusian
"""

CODES: dict[str, frozenset[str]] = {}
"""Words in lower case → the countries they may mean."""


def _read() -> None:
    for row in _TABLE.strip().split("\n"):
        codes = [word for word in row.split() if word.isupper()]
        names = row[4 * len(codes) :]
        for name in names.split("|"):
            CODES[name.strip()] = frozenset(codes)


_read()
