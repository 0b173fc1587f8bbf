"""Word errors: jiwer's alignment after Whisper's own English normaliser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Normaliser:
    """A text normaliser and what it is, to be stated with the figures."""

    name: str
    apply: Callable[[str], str]


@lru_cache(maxsize=1)
def normaliser() -> Normaliser:
    """Return Whisper's English normaliser: openai-whisper's, else the copy in transformers."""
    from importlib.metadata import version

    try:
        from whisper.normalizers import EnglishTextNormalizer

        return Normaliser(f"EnglishTextNormalizer of openai-whisper {version('openai-whisper')}", EnglishTextNormalizer())
    except ImportError:
        pass
    try:
        from transformers.models.whisper.english_normalizer import EnglishTextNormalizer as Copy

        name = f"EnglishTextNormalizer of transformers {version('transformers')} without its spelling table"
        return Normaliser(name, Copy({}))
    except ImportError:
        from core.errors import MissingModel

        raise MissingModel(
            "Whisper's text normaliser is not installed, so word errors cannot be counted.",
            "Install the extra `reference` (openai-whisper or transformers).",
        ) from None


@dataclass(frozen=True)
class TurnErrors:
    """Errors in one reference turn."""

    errors: int
    words: int
    wrong: tuple[int, ...] = ()
    """places of the turn's words that were heard wrong or not at all"""
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aligned:
    """A recording's turns with their errors, and the words heard that nobody said."""

    turns: tuple[TurnErrors, ...]
    inserted: tuple[str, ...]

    @property
    def errors(self) -> int:
        """All substitutions, deletions and insertions."""
        return sum(turn.errors for turn in self.turns)

    @property
    def words(self) -> int:
        """All words of the reference."""
        return sum(turn.words for turn in self.turns)


def align(reference: Sequence[str], heard: str, normalise: Callable[[str], str]) -> Aligned:
    """Return the errors of each reference turn; an insertion counts for the turn it falls in or after.

    The whole recording is aligned at once, so a word given to the neighbouring turn is no error here.
    """
    import jiwer

    turns = [normalise(text).split() for text in reference]
    owner = [i for i, words in enumerate(turns) for _ in words]
    starts = [sum(len(t) for t in turns[:i]) for i in range(len(turns))]
    hypothesis = normalise(heard).split()
    errors, wrong, inserted = [0] * len(turns), [[] for _ in turns], []
    if not owner:
        return Aligned(tuple(TurnErrors(0, 0) for _ in turns), tuple(hypothesis))
    chunks = jiwer.process_words(" ".join(w for t in turns for w in t), " ".join(hypothesis)).alignments[0]
    for chunk in chunks:
        if chunk.type == "insert":
            errors[owner[min(max(chunk.ref_start_idx - 1, 0), len(owner) - 1)]] += chunk.hyp_end_idx - chunk.hyp_start_idx
            inserted += hypothesis[chunk.hyp_start_idx : chunk.hyp_end_idx]
        elif chunk.type != "equal":
            for at in range(chunk.ref_start_idx, chunk.ref_end_idx):
                errors[owner[at]] += 1
                wrong[owner[at]].append(at - starts[owner[at]])
            inserted += hypothesis[chunk.hyp_start_idx : chunk.hyp_end_idx]
    return Aligned(
        tuple(TurnErrors(e, len(t), tuple(w), tuple(t)) for e, t, w in zip(errors, turns, wrong, strict=True)),
        tuple(inserted),
    )
