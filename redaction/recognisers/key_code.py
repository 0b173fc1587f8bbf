"""Codes that open a door: key safes, doors, alarms, cards, and passwords."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser


class KeyCode(UkRecogniser):
    """Three to six characters near a word that says what they open."""

    NAME = "key_code"
    ENTITY = "KEY_CODE"
    RULES = (
        Rule(
            "digits, perhaps with a letter or #",
            r"(?<![\w/.:\u00a3-])(?:[A-Z]{1,2})?\d{4,6}[A-Z]?#?(?![\w/:]|[.-]\d| ?(?:mg|ml|am|pm|hrs|%|pounds|percent))",
            0.1,
        ),
        Rule("three digits with letters", r"(?<![\w/.:\u00a3-])(?:[A-Z]{1,2}\d{3}[A-Z]?|\d{3}[A-Z]|\d{3}#)(?!\w)", 0.1, cased=True),
        Rule(
            "beside what it opens",
            r"(?<!\w)(?:gate|safe|garage|alarm|shed|(?:house|front|back|main|side) door|lift|bin store|cupboard|padlock|key)"
            r"(?:(?: (?:code|number|front|back|is|it's|was))| ?[:=/\u2013-]){0,3}[ \t]{1,14}"
            r"(?P<v>(?:[A-Z][ -]?)?(?:\d{4,6}|\d(?:[ -]\d){2,5})(?:[ -]?[A-Z])?#?)(?![\w/:]|[.-]\d| ?(?:mg|ml|am|pm|hrs|%|pounds))",
            0.6,
        ),
        Rule("one by one", r"(?<![\w/.:-])(?:[A-Z][ -])?\d(?:[ -]\d){2,5}(?:[ -][A-Z])?(?![\w/:]|[.-]\d)", 0.1),
        Rule("wireless key", r"(?<!\w)(?:wpa2?|wi-?fi (?:password|key|code))[ :=]{1,3}(?P<v>[\w-]{6,40})", 0.7),
        Rule("buzzer", r"(?<!\w)(?:buzzer|intercom|trades button)(?: is|:| no\.?)? (?P<v>\d{1,4}[A-Z]?)(?!\w)", 0.7),
        Rule(
            "password",
            r"(?<!\w)pass ?(?:word|phrase|code)(?: (?:is|was|now|changed to|changed|set to|to|still)|:|=){1,3} "
            r"?[\"'\u201c\u2018]?(?P<v>(?=\S*[\dA-Z#!])[\w#!*@-]{4,30})(?!\w)",
            0.7,
        ),
    )
    CONTEXT = (
        r"key ?-?safes?", r"key ?-?box", r"keypad", r"key ?code", r"code",
        r"(?:door|entry|gate|access|alarm|entrance|lock|safe|lift|porch|intercom|concierge|porter|carelink|security|main"
        r"|gates)(?: \(\w+\))? (?:code|number|no)", r"pass ?code", "pin", r"pin (?:number|no|code)", "combination", "buzzer", r"(?:key ?)?fob", r"entry",
        r"key back in (?:the )?safe", "lock ?box", "padlock",
    )  # fmt: skip
    NEGATIVE = ("post ?code", "nhs", "ref", "reference", "tel", "phone", "since", "in", "thousand")
    WINDOW = (110, 15)
    SPOKEN = True
    EXAMPLE = "the key safe code is 4471"

    def context_word(self, text: str, start: int, end: int) -> str:
        """Return the word beside the hit unless a nearer one makes it a phone number, a year or a post code."""
        if self._negative and self._negative.search(text, max(0, start - 14), start):
            return ""
        word = super().context_word(text, start, end)
        return "" if word and "\n\n" in text[max(0, start - self.WINDOW[0]) : start].rpartition(word)[2] else word
