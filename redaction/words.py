"""The two word lists against over-redaction, read once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from redaction.fold import word_key

MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)


def _lines(name: str) -> list[str]:
    text = files("redaction").joinpath("data").joinpath(name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Return ordinary English words (small letters); a name that is one of them needs its capital letter."""
    return frozenset(_lines("ordinary_words.txt")) | MONTHS | AMBIGUOUS


@lru_cache(maxsize=1)
def keep_terms() -> frozenset[tuple[str, ...]]:
    """Return terms that are never hidden as a person, place or organisation, as folded words."""
    return frozenset(word_key(line) for line in _lines("keep_terms.txt"))


AMBIGUOUS = frozenset(
    "will may mark rose grace hope joy faith dawn daisy ivy iris lily violet poppy olive "
    "hazel holly heather amber "
    "ruby pearl jade crystal summer autumn april june august art bill frank grant jack rob "
    "sue pat pam dot sandy "
    "penny rich miles dale glen cliff heath forest reed reeve long short young old small "
    "little brown black white "
    "green gray grey king queen bishop cook baker butler carter mason miller potter smith "
    "taylor turner walker "
    "weaver bell bush field fields ford hall hill house lane marsh mills moor park pool stone "
    "street wells west "
    "east north south wood woods day knight page price moss bird fox wolf lamb drake finch "
    "swan martin robin "
    "christian chase guy bob nick dean earl duke baron major constant verity patience charity "
    "prudence sky skye "
    "gene ray storm star sonny buddy angel bear beau ace max bond case cross banks barber "
    "best bright bull burns "
    "cash chance child church close cotton couch cross day dear english french welsh ireland "
    "england wales fisher "
    "flower fowler friend frost gardener gates gold golden goodman grace hand hands hart head "
    "hook horn hunt "
    "hunter judge kitchen law love mayor meadows noble power rivers rain rowe sharp singer "
    "speed spring tank sweet "
    "temple underwood ward warden water waters winter wise wren tank".split()
)
"""names that are words too: found in small letters they are taken for the word"""
