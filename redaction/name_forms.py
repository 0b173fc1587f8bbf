"""Other forms of people already known in a text: short names, misspellings, initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.fold import each_word, fold
from redaction.hits import Hit
from redaction.near_names import NearNames
from redaction.people import Person, PersonTable
from redaction.words import keep_terms, ordinary

_DOTTED = re.compile(r"(?<![\w.'\u2019&/])[A-Z]\.(?:[ -]?[A-Z]\.?(?![\w]))+|(?<![\w.'\u2019&/])[A-Z](?:-[A-Z]){1,2}(?!\w)")
_PLAIN = re.compile(r"(?<![\w.'\u2019&/-])[A-Z]{2,3}(?![\w&/-])")
_SINGLE = re.compile(r"(?<![\w.&/-])(?<!\n)[A-Z]\.(?=['\u2019]s|[ ]+[a-z(]|\)| and )")
_SPEAKER = re.compile(r"(?m)^[\[(]?(?:\d\d:\d\d[\])]?[ ]+)?(?P<v>(?![CDP]:)[B-DF-PR-Z]{1,3}):(?= )")
_ALONE = re.compile(r"(?m)^[ \t>\u2013-]*(?P<v>[A-Z](?:\.?-?[A-Z]\.?){0,2}|[A-Z]\.?)(?: x{1,3})?[ \t]*$")
_UNKNOWN = re.compile(
    r"(?m)^[ \t>\u2013-]*(?P<v>[A-Z]{2,3}|[A-Z]\.[A-Z]\.|[A-Z]{1,2}-[A-Z])[ \t]*$|(?P<w>(?<=\d )[A-Z]\.[A-Z]\.)[ \t]*$|(?<=[|\u2013] )(?P<x>[A-Z]{2})(?= \|$)"
)
_ACTS = re.compile(
    r"(?: ?[\u2013:|)]|'s |\u2019s | (?:to|and|&|/|asked|said|says|read|noted|agreed|confirmed|reported|shared|queried|will|has|advised|added"
    r"|felt|thought|would|raised|explained|gave|told|chairs?|feels|wants|scratched|seen)\b|[ \t]*(?:$|\n|\|))"
)
_BEFORE = re.compile(r"(?:[\u2013|;(-] ?|\b(?:by|and|with|w/|cc|to|action|actions:?|given|signed|staff|initials?|for) ?|\n[ \t]*)$", re.I)


def other_forms(text: str, table: PersonTable) -> Iterator[Hit]:
    """Return hits on other forms of the table's people, and teach the table whose they are."""
    yield from _short_and_misspelled(text, table)
    yield from _initials(text, table)


def _short_and_misspelled(text: str, table: PersonTable) -> Iterator[Hit]:
    near = NearNames(
        (name, person)
        for person in table.people
        for name in sorted(person.words)
        if len(name) >= 2 and name.isalpha() and (name,) not in keep_terms()
    )
    judged: dict[tuple[str, bool], Person | None] = {}
    before, ended, small = "", 0, False
    for word, start, end in each_word(fold(text)):
        follows = text[ended:start] == " " and table.knows(before) and len(before) > 2 and small and text[start].islower()
        if follows and len(word) > 3 and word.isalpha() and not ordinary(word) and not ordinary(before) and (word,) not in keep_terms():
            yield Hit(start, end, "PERSON", 0.5, "people_table", "a word beside a known name")
        before, ended, small = word, end, text[start].islower()
        capital = text[start].isupper() and not (end - start > 1 and text[start + 1].isupper())
        key = (word, capital)
        if key not in judged:
            judged[key] = _whose(word, capital, near, table)
        if (person := judged[key]) is not None:
            yield Hit(start, end, "PERSON", 0.6, "people_table", f"another form of a known name ({person.number})")


def _whose(word: str, capital: bool, near: NearNames, table: PersonTable) -> Person | None:
    """Return the one person whose name a word is another form of."""
    if len(word) < 2 or not word.isalpha() or table.knows(word) or (word,) in keep_terms():
        return None
    if ordinary(word) and not (capital and len(word) > 2 and near.whose(word, capital=False)):
        return None
    if len(word) < 3 and not capital:
        return None
    if (found := near.whose(word, capital=capital)) is not None:
        table.alias(found, (word,))
    return found


def _initials(text: str, table: PersonTable) -> Iterator[Hit]:
    known = _known_initials(table)
    for match in _UNKNOWN.finditer(text):
        group = match.lastgroup or "v"
        letters = re.sub(r"[^A-Z]", "", match[group])
        if (letters.lower(),) not in keep_terms() and letters not in _COMMON:
            yield Hit(*match.span(group), "PERSON", 0.5, "people_table", "initials that sign")
    if not known:
        return
    for match in _DOTTED.finditer(text):
        letters = re.sub(r"[^A-Z]", "", match.group())
        if letters in known:
            yield _hit(match.start(), match.end(), known[letters], table, letters)
    for match in _PLAIN.finditer(text):
        letters = match.group()
        person = known.get(letters)
        acts = _ACTS.match(text, match.end()) or _BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        if person and acts and (letters.lower(),) not in keep_terms() and letters not in _COMMON:
            yield _hit(match.start(), match.end(), person, table, letters)
    for shape in (_SPEAKER, _ALONE):
        for match in shape.finditer(text):
            letters = re.sub(r"[^A-Z]", "", match["v"])
            person = known.get(letters) or next((p for p in table.people if len(letters) == 1 and _begins(p, letters)), None)
            if person and letters not in _COMMON:
                yield _hit(*match.span("v"), person, table, letters)
    for match in _SINGLE.finditer(text):
        person = next((p for p in table.people if _begins(p, match.group()[0])), None)
        if person and not re.search(r"(?:^|\n)[ \t]*$", text[max(0, match.start() - 4) : match.start()]):
            yield _hit(*match.span(), person, table, match.group()[0])


def _hit(start: int, end: int, person: Person, table: PersonTable, letters: str) -> Hit:
    table.alias(person, tuple(letters.lower()) if len(letters) > 1 else (letters.lower(),), whole=letters.lower())
    return Hit(start, end, "PERSON", 0.55, "people_table", f"initials of a known name ({person.number})")


def _begins(person: Person, letter: str) -> bool:
    form = max(person.forms, key=len, default=())
    return bool(form) and any(word[:1].upper() == letter for word in form[:1])


def _known_initials(table: PersonTable) -> dict[str, Person]:
    """Return initials → person: all words, first and last, first two, the double barrel."""
    known: dict[str, Person] = {}
    for person in table.people:
        for form in person.forms:
            letters = "".join(word[0] for word in form if len(word) > 1).upper()
            if 2 <= len(letters) <= 5 and letters.isalpha():
                for some in {letters, letters[0] + letters[-1], letters[:2], letters[-2:], letters[0] + letters[-2:]}:
                    known.setdefault(some, person)
    return known


_COMMON = frozenset(
    "OK OT SW GP HV DN TM PA CP ID TV UK NI IT PE RE AM PM NB PS HR QA MD MP PC DC DS DI RN SN AE ED IV IM TA DT CT US EU OR OF AN AT "
    "AS IS IN IF IT TO NO ON SO UP WE MY ME HE BY DO GO OH HI AH UN EH MH LD PD MS MI AF BP HR RR BM TB UC CB HB CT SP NF SS".split()
) - {"OF", "OD"}
