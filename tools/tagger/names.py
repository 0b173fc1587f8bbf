"""Names for training: lists of Faker from many languages, and names that no list holds.

The tagger must learn what a name looks like from its place in a sentence, not learn names by heart: half of
all names put into the training text are invented by a letter chain over the lists.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from functools import lru_cache

_LOCALES = (
    "en_GB en_IE en_IN en_US cs_CZ da_DK de_DE es_ES et_EE fi_FI fr_FR hr_HR hu_HU it_IT lt_LT lv_LV nl_NL no_NO pl_PL "
    "pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR yo_NG tw_GH zu_ZA fil_PH vi_VN az_AZ id_ID ga_IE"
).split()
_WORDS = (
    "Hope Dawn Will Mark Grace Joy Faith Rose Poppy Daisy Ivy Hazel Holly Heather Amber Ruby Pearl Summer Autumn April June "
    "May Precious Patience Blessing Comfort Gift Sunny Sky Storm Bright Small Long Short Savage Moody Winter Way Pound Price "
    "Cook Baker Carter Mason Potter Walker Weaver Bell Bush Field Hall Hill House Lane Marsh Park Pool Stone Street Wells "
    "West North Wood Day Knight Page Moss Bird Fox Wolf Lamb Drake Finch Swan Martin Dean Earl Duke Chase Guy Bill Jack "
    "Rob Sue Pat Kent Lancaster Lincoln York Chester Wells London Paris Preston Burton Milton Ashford Bolton Case Cross "
    "Banks Best Bull Burns Cash Chance Child Church Close Cotton Couch Dear English French Welsh Fisher Flower Friend Frost "
    "Gates Gold Good Hand Hart Head Hunt Judge Law Love Major Noble Power Rivers Sharp Speed Spring Sweet Temple Ward Wise"
).split()


def _plain(name: str) -> bool:
    return 2 <= len(name) <= 20 and all(c.isalpha() or c in "'-\u2019" for c in name) and name.isascii() | _latin(name)


def _latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


@lru_cache(maxsize=1)
def lists() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return (given names, surnames, towns) of all lists, sorted."""
    from faker import Faker

    given: set[str] = set()
    last: set[str] = set()
    towns: set[str] = set()
    for locale in _LOCALES:
        try:
            fake = Faker(locale, use_weighting=False)
        except AttributeError:
            continue
        fake.seed_instance(7)
        for _ in range(350):
            given.update(w for w in [fake.first_name()] if _plain(w))
            last.update(w for w in [fake.last_name()] if _plain(w))
        if locale == "en_GB":
            towns.update(fake.city() for _ in range(1500))
    return tuple(sorted(given)), tuple(sorted(last)), tuple(sorted(t for t in towns if t.replace(" ", "").isalpha()))


class Letters:
    """A letter chain of order three: gives words that look like those it has read."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._next: dict[str, list[str]] = defaultdict(list)
        for word in words:
            padded = "^^^" + word.lower() + "$"
            for i in range(3, len(padded)):
                self._next[padded[i - 3 : i]].append(padded[i])

    def word(self, rng: random.Random) -> str:
        """Return an invented word of 3 to 12 letters, with a capital."""
        while True:
            made = "^^^"
            while not made.endswith("$") and len(made) < 17:
                made += rng.choice(self._next[made[-3:]])
            word = made[3:].rstrip("$")
            if made.endswith("$") and 3 <= len(word) <= 12 and word.isalpha():
                return word.capitalize()


@lru_cache(maxsize=1)
def _chains() -> tuple[Letters, Letters, Letters]:
    given, last, towns = lists()
    return Letters(given), Letters(last), Letters(towns)


def given_name(rng: random.Random) -> str:
    """Return a first name: from a list, invented, or an ordinary word."""
    draw = rng.random()
    return rng.choice(lists()[0]) if draw < 0.45 else _chains()[0].word(rng) if draw < 0.92 else rng.choice(_WORDS)


def surname(rng: random.Random) -> str:
    """Return a surname: from a list, invented, or an ordinary word."""
    draw = rng.random()
    return rng.choice(lists()[1]) if draw < 0.4 else _chains()[1].word(rng) if draw < 0.9 else rng.choice(_WORDS)


def town(rng: random.Random) -> str:
    """Return a place name: from a list or invented."""
    return rng.choice(lists()[2]) if rng.random() < 0.5 else _chains()[2].word(rng)
