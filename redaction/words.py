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


@lru_cache(maxsize=20_000)
def ordinary(word: str) -> bool:
    """Return whether a word in small letters is an ordinary one or a form of one ("walks", "walking")."""
    words = ordinary_words()
    if word in words:
        return True
    if "-" in word:
        return all(ordinary(part) for part in word.split("-") if part)
    if word.endswith("'s") or word.endswith("n't"):
        return ordinary(word[:-2].rstrip("n'"))
    if word.endswith("s") and not word.endswith("ss"):
        stem = word[:-1]
        return len(stem) > 2 and (stem in words or (stem.endswith("ie") and stem[:-2] + "y" in words) or _sibilant(stem, words))
    for end in ("ing", "ed", "ly"):
        stem = word.removesuffix(end)
        if stem != word and len(stem) > 3:
            return stem in words or (end != "ly" and (stem + "e" in words or (stem[-1] == stem[-2] and stem[:-1] in words)))
    return False


def _sibilant(stem: str, words: frozenset[str]) -> bool:
    """Return whether a plural in -es is one of an ordinary word ("boxes"; "James" is none of "jam")."""
    return stem.endswith("e") and stem[:-1].endswith(("s", "x", "z", "ch", "sh", "o")) and stem[:-1] in words


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
    "ginger rowan willow ash cat col comfort precious blessing gift treasure storm sage basil saffron clover heather olive "
    "marigold primrose fern bliss harmony honey honor honour mercy clement felicity winter summer easter star "
    "friday noel carol melody harper piper archer sailor rocky rusty dusty misty candy cherry peach ginny tom ben jim kit "
    "sandy teddy tiger bunny kitty bobby billy jackie randy merry happy lucky lucky jolly fielding golding harding browning "
    "manning rivers brooks parks stokes yates bates hughes savage moody strong swift gaunt pound sharp wise noble gently bold "
    "barrow burrow burton kirk glass steel irons tanner cooper saddler fletcher archer barker carver farmer gardener shepherd "
    "skinner spicer thatcher tyler wheeler wright parsons pope abbott monk nunn prior dean chaplain marshall sheriff squire "
    "lord ball butcher hail beau rex pip tray ghost legs tel bo mo col foo lamb legs van teal sparrow jay crane crow raven "
    "robins starling nightingale heron falcon hawk eagle bass salmon haddock herring pike roach crabbe may june julian august "
    "blue honey river lake brook ocean rain sunny dawn eve nova luna stella ariel angel gabriel trinity destiny chance justice "
    "temple underwood ward warden water waters winter wise wren tank".split()
)
"""names that are words too: found in small letters they are taken for the word"""
