"""Names given away by a title, a label, a greeting or an introduction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import RecognizerResult

from redaction.fold import word_key
from redaction.recognisers.base import Rule, UkRecogniser
from redaction.words import AMBIGUOUS, keep_terms, ordinary_words

_TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|cllr|councillor|rev|reverend|father|sir"
    r"|lady|lord|dame|nurse|sister|"
    r"matron|pc|dc|wpc|sgt|sergeant|inspector|detective|judge|messrs|aunty|auntie|aunt|uncle"
    r"|nan|nanny|grandad|grandma)"
)
_SURE_TITLE = r"(?:mr|mrs|ms|mx|dr|prof|cllr|pc|dc|mister|missus)"
_CAP = r"(?:(?:[Mm]ac|[Mm]c|[Oo]['\u2019]|[Dd]['\u2019])?[^\W\d_a-z][\w'\u2019]*(?:-[^\W\d_][\w'\u2019]*)*)"
_INITIAL = r"(?:[A-Z]\.? ?){1,3}"
_LINK = r"(?:van|von|de|da|di|del|della|bin|bint|al|el|ap|ab|le|la)(?= [A-Z])"
_NAME = rf"(?:{_CAP}(?:[ \u00a0]+(?:[A-Z]\.|{_CAP}|{_LINK})){{0,3}})"
_ROLE = (
    r"(?:name|full name|first name|forename|surname|family name|preferred name|known as|also "
    r"known as|aka|client|patient|"
    r"service user|resident|tenant|pupil|student|child|mother|father|mum|dad|parent|parents"
    r"|carer|next of kin|nok|"
    r"emergency contact|social worker|worker|key ?worker|team manager|manager|practitioner|gp"
    r"|teacher|head ?teacher|senco|"
    r"author|completed by|written by|recorded by|prepared by|signed|signed by|assessor|from|to"
    r"|cc|attendees|present|"
    r"apologies|chair|sibling|siblings|brother|sister|son|daughter|husband|wife|partner"
    r"|grandmother|grandfather|re|"
    r"advocate|interpreter|caller|referrer|applicant|witness|officer|contact|allocated to"
    r"|supervisor|supervisee)"
)
_STOP = frozenset(
    "the and who is was has had will would said says came went if that this there then but "
    "because or so not i he she it "
    "they we you at in on to of for from with about as been being be by do did does my his "
    "her their our your me him them "
    "no yes just very all any some when where what how why which can could should may might "
    "must also again here now "
    "okay yeah please um er well tell told think thought knows know".split()
)


class TitledName(UkRecogniser):
    """The words after "Mrs", "Name:", "Dear" or "my name is"; the title itself stays readable."""

    NAME = "titled_name"
    ENTITY = "PERSON"
    RULES = (
        Rule(
            "title",
            rf"(?<!\w)(?i:{_TITLE})\.?[ \u00a0]+(?P<v>(?:{_INITIAL}[ \u00a0]?)?{_NAME})",
            0.9,
            cased=True,
        ),
        Rule(
            "label",
            rf"(?<!\w)(?i:{_ROLE})(?i:'s name|\(s\))?[ \t]*[:=][ "
            rf"\t]*(?i:{_TITLE}\.?[ ]+)?(?P<v>{_NAME})",
            0.75,
            cased=True,
        ),
        Rule(
            "greeting",
            rf"(?:^|\n)[ \t]*(?i:dear|hi|hello|hiya|good morning|good "
            rf"afternoon)[ ]+(?i:{_TITLE}\.?[ ]+)?(?P<v>{_NAME})",
            0.75,
            cased=True,
        ),
        Rule(
            "signature",
            rf"(?i:regards|wishes|sincerely|faithfully|thanks|thank you"
            rf"|cheers)[,.!]?[ \t]*\r?\n\s*(?P<v>{_NAME})[ \t]*(?:[,\n]|$)",
            0.75,
            cased=True,
        ),
        Rule(
            "introduction",
            rf"(?<!\w)(?i:my name is|my name's|name is|i am called|is called|was called|named"
            rf"|known as|call me|calls? (?:him|her)self|"
            rf"this is|speaking to|spoke (?:to|with)|speaking with|met with|it's|i'm|i am)[ "
            rf"]+(?P<v>{_NAME})",
            0.55,
            cased=True,
        ),
        Rule(
            "relation",
            rf"(?<!\w)(?i:(?:his|her|their|my|your|our) (?:\w+ )?(?:son|daughter"
            rf"|husband|wife|partner|brother|sister|mother|father|mum|dad|nephew|niece|cousin"
            rf"|friend|neighbour|carer|granddaughter|grandson|stepfather|stepmother|stepdad"
            rf"|ex-partner|fianc\u00e9e?|boyfriend|girlfriend|aunt|uncle)),?[ ]+(?P<v>{_NAME})",
            0.7,
            cased=True,
        ),
        Rule(
            "title, small letters",
            rf"(?<!\w)(?:{_SURE_TITLE})\.?[ "
            rf"]+(?P<v>[a-z'\u2019-]{{2,}})(?!\w)",
            0.7,
            cased=True,
        ),
        Rule(
            "introduction, small letters",
            r"(?<!\w)(?:my name is|my name's|i am called|is "
            r"called)[ ]+(?P<v>[a-z'\u2019-]{3,}(?: [a-z'\u2019-]{3,})?)(?!\w)",
            0.6,
            cased=True,
        ),
    )
    EXAMPLE = "Mrs Okonkwo opened the door"

    def _hits(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._hits(text):
            rule = result.analysis_explanation.pattern_name if result.analysis_explanation else ""
            start, end = trimmed(text, result.start, result.end, sure=rule == "title")
            if end > start:
                result.start, result.end = start, end
                yield result


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
        if (
            word in _STOP
            or word.removesuffix("'s") in _STOP
            or (word in ordinary_words() and not _name_like(word))
        ):
            parts.pop()
        else:
            break
    if not parts or text[slice(*parts[0])].lower() in _STOP:
        return start, start
    if (
        not sure
        and not _name_like(first := text[slice(*parts[0])].lower().strip(".'\u2019"))
        and first in ordinary_words()
    ):
        return start, start
    start, end = parts[0][0], parts[-1][1]
    value = text[start:end]
    for tail in ("'s", "\u2019s"):
        if value.endswith(tail):
            end -= 2
    while end > start and text[end - 1] in ".,;:'\u2019-" and not (text[end - 1] == "." and end - start <= 2):
        end -= 1
    return start, end


def _without_terms(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts before a kept term ("Mrs Hale Attendance Allowance")."""
    for n in range(len(parts)):
        if word_key(text[parts[n][0] : parts[-1][1]]) in keep_terms():
            return parts[:n]
    return parts


def _name_like(word: str) -> bool:
    return word in AMBIGUOUS
