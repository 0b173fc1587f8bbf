"""Names spelled aloud, letter by letter."""

from __future__ import annotations

import re
from typing import Any

from presidio_analyzer import RecognizerResult

from redaction.fold import word_key
from redaction.recognisers.base import UkRecogniser
from redaction.spelled import SPELLED, spelled_word
from redaction.words import keep_terms, ordinary_words

_CUE = re.compile(r"(?:spel\w*|that's|that is|it's|so it's|is it|with|like|surname|name|called|letters?|no|said)(?:[,: ]+)$", re.I)
_AND = re.compile(r"\b(?:and|then)\b", re.I)
_LONG = 5
"""so many letters in a row spell a word even when nothing announces it; abbreviations are shorter"""


class SpelledName(UkRecogniser):
    """Five letters and more in a row, or fewer after "that's", "spelt" or the word itself."""

    NAME = "spelled_name"
    ENTITY = "PERSON"
    EXAMPLE = "my name is ghazala that's g h a z a l a"

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return spelled stretches that are no abbreviation."""
        hits = []
        for match in SPELLED.finditer(text):
            word = spelled_word(match.group())
            if len(word) < 2 or (word,) in keep_terms() or tuple(word) in keep_terms() or word in _SHORT:
                continue
            if all(part in _SHORT or part[1:] in _SHORT for part in map(spelled_part, _AND.split(match.group()))):
                continue
            before = text[max(0, match.start() - 40) : match.start()]
            said = {w for w in word_key(before)[-4:] if w not in ordinary_words()}
            after = text[match.end() : match.end() + 12].lower()
            echoed = any(w == word or (len(word) > 3 and w.startswith(word[:3])) for w in said)
            counts = re.match(r"[ ,]+(?:\d|zero|oh|one|two|three|four|five|six|seven|eight|nine|stroke|slash|double)", after)
            if echoed or (len(word) >= _LONG and not counts) or (len(word) > 2 and _CUE.search(before) and not counts):
                hits.append(self.hit(match.start(), match.end(), 0.7, "spelled aloud"))
        return hits


def spelled_part(surface: str) -> str:
    """Return the letters of a stretch, one after another."""
    return "".join(re.findall(r"\b[a-z]\b", surface.lower()))


_SHORT = frozenset(
    "abc nhs gp ot sw ta tv id dvd ai pa po uk usa eu bbc itv pc dc ds nino upn uln uprn utr dob aids hiv std mot rac aa gcse btec "
    "copd ecg eeg mri ct inr dna pip esa jsa dla uc ehcp ehc send sen pe re it cpn amhp mash marac cin cp lac iro lado edd ra rsvp ok "
    "ngo asd asc adhd ptsd ocd uti tia cva mrsa sim pin atm dna ni ref dwp cqc hmrc icb ccg gdpr sar foi dols lpa mca mha imca rpr "
    "ppn dbs crb vat pdf usb wifi cctv suv hgv mpv am pm bc ad etc eg ie nb ps tbc tba asap fyi diy bsl eta faq led lcd "
    "ward icu hdu itu aau emu mau peg rig epo ico sgo plo cto ict dt".split()
)
