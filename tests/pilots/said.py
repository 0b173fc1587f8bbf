"""Made-up conversations for the tests of the pilot (synthetic-ours); not a test itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from core.evidence import Draft, SpeechEvidence, Statement, Transcript, Turn, Word
from pilots.visit_notes.utterances import Utterance, utterances

ROLES = {"S1": "worker", "S2": "person", "S3": "carer"}
WORD_S = 0.4
PAUSE_S = 0.6

SAYINGS = (
    "I have two sugars in my tea and the kettle is by the window.",
    "My daughter comes every morning and brings my tablets.",
    "I fell on the stairs last Tuesday.",
    "No, I never drink.",
    "Do you feel safe at home?",
    "Yes, I do.",
    "No.",
    "He shouts at me when he's tired.",
    "I'll ring the surgery on Monday.",
    "We get by on the pension, it's about two hundred pounds a week.",
    "What about the bathroom, can you still get in and out of the bath?",
    "I use the rail and I hold on to the sink.",
    "Right, okay. Lovely biscuits.",
    "It was four falls, no, three.",
    "If I fell at night nobody would hear me.",
    "Mrs. Okafor from Dr. Patel's surgery said 2.5 milligrams, I think.",
    "I want to stay in my own house.",
    "Um, you know, my sister Aoife said “leave it to me” and that was that.",
)


def conversation(
    *lines: str,
    roles: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    words: bool = True,
    unsure: Mapping[str, float] | None = None,
) -> Transcript:
    """Return a transcript of lines like ``S1: Do you feel safe?``; ``unsure`` gives words low probabilities."""
    turns, now = [], 0.5
    for line in lines:
        speaker, _, text = line.partition(": ")
        parts = text.split()
        timed = tuple(
            Word(
                text=part,
                start=round(now + i * WORD_S, 3),
                end=round(now + (i + 1) * WORD_S, 3),
                probability=(unsure or {}).get(part.strip(".,?!"), 0.95),
            )
            for i, part in enumerate(parts)
        )
        end = round(now + max(1, len(parts)) * WORD_S, 3)
        turns.append(Turn(speaker=speaker, start=round(now, 3), end=end, text=text, words=timed if words else ()))
        now = end + PAUSE_S
    known = ROLES if roles is None else roles
    labels = {turn.speaker for turn in turns}
    return Transcript(
        id="made",
        duration=now,
        turns=tuple(turns),
        speakers={label: role for label, role in known.items() if label in labels},  # type: ignore[misc]
        names=dict(names or {}),
    )


def heard(*lines: str) -> list[Utterance]:
    """Return the utterances of a made conversation."""
    return utterances(conversation(*lines))


def conversations(min_turns: int = 1, max_turns: int = 12) -> st.SearchStrategy[Transcript]:
    """Conversations of likely sentences in any order, by three people, with and without word times."""
    line = st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=3))
    made = st.lists(line, min_size=min_turns, max_size=max_turns)
    return st.builds(
        lambda turns, words: conversation(*(f"{who}: {' '.join(said)}" for who, said in turns), words=words),
        made,
        st.booleans(),
    )


def any_turns() -> st.SearchStrategy[Transcript]:
    """Transcripts of any text at all, in any script; words timed by white space where there are any."""
    text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=120)
    sentence_like = st.lists(
        st.sampled_from(
            [*SAYINGS, "…", "?", "“", "”", "'", "Dr.", "£3.50", "“Get out!” He left.", "اسمي فاطمة.", "שלום.", "。", "No?"]
        ),
        max_size=6,
    ).map(" ".join)
    lines = st.lists(st.tuples(st.sampled_from(["S1", "S2"]), st.one_of(text, sentence_like)), min_size=1, max_size=6)
    return st.builds(
        lambda turns, words: conversation(*(f"{who}: {said}" for who, said in turns), words=words),
        lines,
        st.booleans(),
    )


def squeezed(text: str) -> str:
    """Return ``text`` with white space collapsed, as quotes are compared."""
    return " ".join(text.split())


def statements(draft: Draft) -> list[Statement]:
    """Return every statement of the draft in order."""
    return [statement for section in draft.sections for statement in section.statements]


def spans(draft: Draft) -> list[SpeechEvidence]:
    """Return every span that the draft rests on: of statements, actions and findings."""
    owners = (*statements(draft), *draft.actions, *draft.findings)
    return [e for owner in owners for e in owner.evidence if isinstance(e, SpeechEvidence)]


def note_text(draft: Draft) -> str:
    """Return all words of the note, without the findings."""
    return "\n".join([s.text for s in statements(draft)] + [f"{a.what} {a.owner} {a.due}" for a in draft.actions])


def covering(draft: Draft, turn: int, words: str) -> list[Statement]:
    """Return the statements that rest on ``words`` of that turn."""
    return [
        s
        for s in statements(draft)
        if any(isinstance(e, SpeechEvidence) and e.turn == turn and words in squeezed(e.quote) for e in s.evidence)
    ]


def quoted_parts(text: str) -> list[str]:
    """Return what stands between typographic double quotes."""
    return re.findall(r"“([^”]*)”", text)


def problems_with_evidence(transcript: Transcript, found: Iterable[SpeechEvidence]) -> list[str]:
    """Return what is wrong with the spans: words nobody said, times outside the turn, another's speech."""
    wrong = []
    for e in found:
        if not 0 <= e.turn < len(transcript.turns):
            wrong.append(f"no turn {e.turn}")
            continue
        turn = transcript.turns[e.turn]
        if squeezed(e.quote) not in squeezed(turn.text) or not e.quote.strip():
            wrong.append(f"turn {e.turn}: {e.quote!r} was not said in {turn.text!r}")
        if not turn.start - 0.01 <= e.start <= e.end <= turn.end + 0.01:
            wrong.append(f"turn {e.turn}: {e.start}–{e.end} is outside {turn.start}–{turn.end}")
        if e.speaker != turn.speaker:
            wrong.append(f"turn {e.turn}: said by {turn.speaker}, not {e.speaker}")
    return wrong
