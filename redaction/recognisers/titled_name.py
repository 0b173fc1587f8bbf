"""Names given away by a title, a label, a greeting or an introduction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.fold import word_key
from redaction.recognisers.base import Rule, UkRecogniser
from redaction.recognisers.name_cues import CLOSING, FAMILY_TITLE, RELATION, ROLE, STOP, TITLE
from redaction.words import AMBIGUOUS, keep_terms, ordinary, ordinary_words

_CAP = r"(?:(?:[Mm]ac|[Mm]c|[Oo]['\u2019]|[Dd]['\u2019])?[^\W\d_a-z][\w'\u2019]*(?:-[^\W\d_][\w'\u2019]*)*)"
_INITIAL = r"(?:[A-Z]\.? ?){1,3}"
_LINK = r"(?:van|von|de|da|di|del|della|der|den|ter|bin|bint|al|el|ap|ab|le|la)(?= (?:[A-Z]|de[rn]))"
_NICK = r"[\"'\u201c\u2018(][A-Z][\w-]+[\"'\u201d\u2019)]"
_NAME = rf"(?:(?:{_LINK} )*{_CAP}(?:[ \u00a0]+(?:[A-Z]\.|{_NICK}|{_CAP}|{_LINK})){{0,3}})"
_LABEL = re.compile(rf"(?<!\w){ROLE}(?:'s name|\(s\))?(?: \([^)\n]{{1,30}}\))?[ \t]*\Z", re.I)
_SEPARATOR = re.compile(rf"(?:[:=]|\.{{3,40}})[ \t]*(?:{TITLE}\.?[ ]+)?\Z", re.I)
_SPEAKER = re.compile(r"(?:^|\n)[\[\]():.\d \t-]*[A-Za-z \d-]{2,30}:[ \t]*$")


class TitledName(UkRecogniser):
    """The words after "Mrs", "Name:", "Dear" or "my name is"; the title itself stays readable."""

    NAME = "titled_name"
    ENTITY = "PERSON"
    RULES = (
        Rule(
            "title",
            rf"(?<![\w/])(?i:{TITLE})\.?(?: (?i:and|&) (?i:mrs|ms|dr|mr|miss|missus)\.?)?[ \u00a0]+(?P<v>(?:\d{{2,5}} )?(?:{_INITIAL}[ \u00a0]?)?{_NAME})",
            0.9,
            cased=True,
        ),
        Rule("family title", rf"(?<![\w/-])(?P<v>(?i:{FAMILY_TITLE}) {_NAME})", 0.7, cased=True),
        Rule(
            "label",
            rf"(?:[:=]|\.{{3,40}})[ \t]*(?i:{TITLE}\.?[ ]+)?(?P<v>(?:{_INITIAL})?{_NAME})",
            0.75,
            cased=True,
        ),
        Rule(
            "greeting",
            rf"(?:^|\n)[ \t>]*(?i:dear|hi|hello|hiya|good morning|good afternoon|morning|afternoon)[ ]+(?i:{TITLE}\.?[ ]+)?(?P<v>{_NAME})(?=[ \t]*(?:[,.!\n\u2013-]|and\b|&|/|$))",
            0.75,
            cased=True,
        ),
        Rule(
            "signature",
            rf"(?i:{CLOSING})[,.!]?[ \t]*\r?\n[\s>]*(?P<v>(?:{_INITIAL})?{_NAME}|[A-Z](?:\.?[A-Z]\.?){{0,2}})(?= (?:x|xx)\b|[ \t]*(?:[,\n]|$))",
            0.75,
            cased=True,
            needs=("egards", "ishes", "incerely", "aithfully", "hank", "heers", "best", "thx", "ta", "love", "ruly", "yours", "armly", "soon"),
        ),
        Rule("signed", rf"(?<!\w)(?i:signed|sig\.?)(?i: by)?[ \t:.]{{1,40}}(?P<v>(?:[A-Z](?:\.|(?= )) ?){{0,3}}{_NAME}|[A-Z]\.[A-Z](?:-[A-Z])?\.?)", 0.7, cased=True, needs=("sig",)),
        Rule(
            "introduction",
            rf"(?<!\w)(?i:my name is|my name's|name is|i am called|is called|was called|named|known as|call me|calls? (?:him|her)self|"
            rf"this is|speaking to|spoke (?:to|with)|speaking with|met with|it's|i'm|i am|told|ask for|asked for|message for|rang|t/c (?:from|to|with))[ ]+(?P<v>{_NAME})",
            0.55,
            cased=True,
        ),
        Rule(
            "relation",
            rf"(?<!\w)(?i:{RELATION}),?[ ]+(?P<v>{_NAME})",
            0.6,
            cased=True,
        ),
        Rule("speaker", r"(?:^|\n)(?:[\[(]?\d[\d:.]{3,7}[\])]?:? )?(?P<v>[A-Z][\w'\u2019-]{2,}(?: [A-Z][\w'\u2019-]+)?):(?= \S)", 0.55, cased=True),
        Rule("surname first", r"(?<![\w,])[A-Z][A-Z'\u2019-]{2,}(?: [A-Z][A-Z'\u2019-]+)?, [A-Z][a-z][\w'\u2019-]*(?: [A-Z][\w'-]*)?(?!\w)", 0.7, cased=True),
    )
    EXAMPLE = "Mrs Okonkwo opened the door"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            rule = result.analysis_explanation.pattern_name if result.analysis_explanation else ""
            if rule == "label" and not _LABEL.search(text, max(0, result.start - 90), _separator(text, result.start)):
                continue
            if rule == "label" and _SPEAKER.search(text, max(0, result.start - 60), result.start) and _talks(text, result.end):
                continue  # "WORKER: Thank you …" is talk, not a form
            start, end = trimmed(text, result.start, result.end, sure=rule in ("title", "family title"))
            if rule not in ("title", "family title", "signature", "signed") and _abbreviation(text[start:end]):
                continue
            first = _base(text[start:end].split()[0].lower()) if end > start else ""
            if rule == "speaker" and (ordinary(first) or (first,) in keep_terms() or word_key(text[start:end]) in keep_terms()):
                continue
            if rule == "speaker" and len(re.findall(rf"(?m)^[^\n]{{0,12}}{re.escape(text[result.start : result.end])}: ", text)) < 2:
                continue  # who speaks speaks more than once; a heading stands alone
            if rule == "title" and re.search(r"[A-Za-z]{5,}\.\s+\Z", text[max(0, result.start - 16) : result.start]):
                continue  # "the nurse. Address": a sentence ended there
            if rule == "family title" and len(text[start:end].split()) < 2:
                continue
            if end > start:
                result.start, result.end = start, end
                yield result


def _separator(text: str, start: int) -> int:
    """Return where the colon, equals sign or dots before a labelled value begin; the value's place when none does."""
    found = _SEPARATOR.search(text, max(0, start - 60), start)
    return found.start() if found else start


def _abbreviation(value: str) -> bool:
    """Return whether a value is an abbreviation rather than a name in capitals."""
    return value.isupper() and (len(value) < 4 or (value.lower(),) in keep_terms() or not re.search("[AEIOUY]", value))


def _talks(text: str, end: int) -> bool:
    """Return whether the line goes on as a sentence."""
    line = text[end : text.find("\n", end) if text.find("\n", end) > 0 else len(text)]
    return bool(re.match(r"['\u2019]|[,.?!]? +[a-z]", line))


def trimmed(text: str, start: int, end: int, *, sure: bool) -> tuple[int, int]:
    """Return the span without ordinary words at its ends, possessive and punctuation; empty if none is left.

    After a title the first word is a name whatever it is ("Mrs Will"); elsewhere "I'm Very" is not.
    """
    parts = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\s,]+", text[start:end])]
    owner = next((i for i, (_, e) in enumerate(parts) if text[e - 2 : e] in ("'s", "\u2019s")), len(parts))
    parts = _without_terms(text, parts[: owner + 1])
    floor = 1 if sure else 0
    while len(parts) > floor:
        word = text[slice(*parts[-1])].strip(".'\u2019").lower()
        if word in STOP or _base(word) in STOP or (_base(word) in ordinary_words() and not _name_like(_base(word))):
            parts.pop()
        else:
            break
    if not parts or text[slice(*parts[0])].lower() in STOP:
        return start, start
    first = _base(text[slice(*parts[0])].lower().strip(".'\u2019"))
    others = [_base(text[slice(*part)].lower().strip(".'\u2019\"")) for part in parts[1:]]
    plain = first in ordinary_words() and not _name_like(first) and not any(w not in ordinary_words() for w in others)
    if (not sure and plain) or (first,) in _NEVER:
        return start, start
    start, end = parts[0][0], parts[-1][1]
    value = text[start:end]
    for tail in ("'s", "\u2019s"):
        if value.endswith(tail):
            end -= 2
    while end > start and text[end - 1] in ".,;:'\u2019-" and not (text[end - 1] == "." and text[end - 3 : end - 2] in ("", " ", ".", "-")):
        end -= 1
    return start, end


_NEVER = frozenset({("surname",), ("forename",), ("name",), ("su",), ("title",)})


def _base(word: str) -> str:
    """Return a word without what is contracted onto it ("who'd")."""
    return re.sub(r"['\u2019](?:s|d|ll|ve|re|m|t)$", "", word)


def _without_terms(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts before a kept term ("Mrs Hale Attendance Allowance")."""
    for n in range(len(parts)):
        if word_key(text[parts[n][0] : parts[-1][1]]) in keep_terms() and (n or len(parts) > 1):
            return parts[:n]
    return parts


def _name_like(word: str) -> bool:
    return word in AMBIGUOUS
