"""From a file to its redacted twin: read all, redact as one text, write, open again, look again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from core.atomic import write_bytes
from core.errors import BadInput
from core.evidence import Finding
from core.settings import Settings
from redaction.documents.checking import check
from redaction.documents.kinds import Box, DocumentKind, Options, load_kinds
from redaction.documents.limits import MAX_FILE
from redaction.documents.needles import needles
from redaction.documents.report import DocumentReport, findings_of
from redaction.documents.slots import join, spread
from redaction.model import Entity, Placed, Vault
from redaction.people import People, name_words
from redaction.policy import DEFAULT, policy
from redaction.service import checked_people


class Drafted(Protocol):
    """What is needed of a draft or a finished redaction."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What to mask; offsets of the input text."""
        ...

    @property
    def vault(self) -> Vault:
        """What was masked."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        ...


Redact = Callable[[str, People], Drafted]


def redact_document(
    source: Path,
    out: Path,
    *,
    settings: Settings | None = None,
    people: People = (),
    redact: Redact | None = None,
    policy_name: str = DEFAULT,
    rasterise: bool = False,
    boxes: Mapping[int, Sequence[Box]] | None = None,
) -> DocumentReport:
    """Write the redacted twin of a .docx or .pdf and return what was done.

    All text of the document is redacted as one, so that a person has the same token everywhere.
    ``redact`` finds what to mask (default: this installation's recognisers under ``policy_name``).
    ``rasterise`` lets pages of a .pdf that cannot be rewritten become pictures; ``boxes`` are what a person
    marked on such pages.

    Raises:
        LeakFound: (exit code 3) the finished file still held something; nothing was written.
        BadInput: the file is no document of a known type, broken, encrypted, too large, or holds pages
            that cannot be redacted this way; the remedy says what to do.
        MissingModel: a recogniser's model file is missing or altered.
    """
    people = checked_people(people)
    data = _read(source)
    kind = kind_of(source, data)
    if out.exists() and source.samefile(out):
        raise BadInput("The redacted copy would replace the original.", "Give another name for the copy.", code="same_file")
    if out.suffix.lower() != kind.suffix:
        raise BadInput(
            f"The copy of a {kind.suffix} file must be a {kind.suffix} file too.",
            f"Let its name end in {kind.suffix}.",
            code="wrong_suffix",
        )
    document = kind.open(data, Options(rasterise, boxes or {}))
    joined = join(document.slots())
    hidden = _hidden(people, policy_name)
    draft = (redact or _default(settings, policy_name))(joined.text, people)
    types: Counter[str] = Counter(entity.type for entity in draft.entities)
    places: Counter[str] = Counter()
    for slot, spans in spread(joined, draft.entities):
        slot.mask(spans)
        places[slot.place] += sum(span.first for span in spans)
    masked = [(joined.text[e.start : e.end], e) for e in draft.entities]
    wanted = needles(((surface, entity.type) for surface, entity in masked), hidden)
    document.finish(wanted)
    finished = document.save()
    check(kind.everything(finished), _known(masked), hidden, wanted)
    write_bytes(out, finished)
    notes = document.notes
    return DocumentReport(
        kind.suffix[1:],
        out,
        hashlib.sha256(finished).hexdigest(),
        dict(types),
        dict(places),
        dict(notes.removed),
        dict(notes.unread),
        dict(notes.rasterised),
        draft.vault,
        (*findings_of(notes), *draft.findings),
    )


def kind_of(source: Path, data: bytes) -> DocumentKind:
    """Return the type of a file by its content; raises BadInput when content and name do not fit."""
    kinds = load_kinds()
    suffix = source.suffix.lower()
    for _, kind in kinds:
        if kind.suffix == suffix:
            return kind  # its own reader says best what is wrong with it
    for _, kind in kinds:
        if kind.recognises(data):
            return kind
    known = ", ".join(kind.suffix for _, kind in kinds)
    raise BadInput(
        "This type of file cannot be redacted as a document.",
        f"Save it as one of: {known}, or as plain text.",
        code="format_not_supported",
    )


def _hidden(people: People, policy_name: str) -> list[Mapping[str, str]]:
    """Return the people whose names must not be in the copy: not those the policy keeps, nor their namesakes."""
    rules = policy(policy_name)
    kept = {w for p in people if rules.action("PERSON", p.get("role", "")) == "keep" for w in name_words(p.get("name", ""))}
    return [p for p in people if not kept & set(name_words(p.get("name", "")))]


def _known(masked: Sequence[tuple[str, Entity]]) -> Vault:
    """Return what was masked as the leak test wants it; a policy without a way back has an empty vault."""
    tokens = [(e.token if e.token.startswith("<") else f"<{e.type}_0>", surface) for surface, e in masked]
    return Vault(dict(tokens), tuple(Placed(0, token, surface) for token, surface in tokens))


def _read(source: Path) -> bytes:
    try:
        with source.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError:
        raise BadInput("The file cannot be read.", "Check its name and your right to read it.") from None
    if len(data) > MAX_FILE:
        raise BadInput(
            f"The file is larger than {MAX_FILE // 1_000_000} MB.",
            "Split it into documents and redact each.",
            code="too_large",
        )
    if not data:
        raise BadInput("The file is empty.", "Choose the document again.", code="empty_file")
    return data


def _default(settings: Settings | None, policy_name: str) -> Redact:
    from redaction.service import MAX_CHARS, redactor

    def draft(text: str, people: People) -> Drafted:
        if len(text) > MAX_CHARS:
            raise BadInput(
                f"The document holds more than {MAX_CHARS:,} characters.",
                "Split it into documents and redact each.",
                code="too_large",
            )
        # its own leak test is left aside: it judges the joined text, ours judges the file that comes out
        return redactor(settings).draft(text, people, policy(policy_name))

    return draft
