"""The default writer: it selects and attributes, and never rewords. The same input gives the same text."""

from __future__ import annotations

from core.evidence import Statement
from core.settings import Settings
from rag.writer import Passage, WritingTask

GAP = "” … “"
"""stands in a passage where words in between were left out"""


class ExtractiveWriter:
    """One statement a passage: who said it, what was asked, and the words verbatim in typographic quotes."""

    name = "extractive"
    models: tuple[str, ...] = ()

    def write(self, task: WritingTask) -> list[Statement]:
        """Return one statement a passage that holds words and evidence, in the order given."""
        return [
            Statement(id="", text=compose(passage), origin="quoted", evidence=passage.evidence)
            for passage in task.passages
            if passage.text.strip() and passage.evidence
        ]


def compose(passage: Passage) -> str:
    """Return the sentence for one passage; the words inside the quotes are those of the passage."""
    role = "person" if passage.role == "person2" else passage.role
    who = f"{passage.speaker_name} ({role})" if role not in ("", "unknown") else passage.speaker_name
    words, asked = _quoted(passage.text), passage.asked.strip()
    return f"Asked {_quoted(asked)}, {who} said: {words}" if asked else f"{who}: {words}"


def _quoted(words: str) -> str:
    """Put typographic quotes outside; a quote inside a quote becomes single, as print has it."""
    inside = " ".join(words.split())
    parts = [part.replace("“", "‘").replace("”", "’") for part in inside.split(GAP)]
    inside = GAP.join(parts)
    opened = False
    out = []
    for character in inside:
        if character == '"':
            out.append("’" if opened else "‘")
            opened = not opened
        else:
            out.append(character)
    return f"“{''.join(out)}”"


def from_settings(settings: Settings) -> ExtractiveWriter:
    """Return the writer; it needs no setting."""
    return ExtractiveWriter()
