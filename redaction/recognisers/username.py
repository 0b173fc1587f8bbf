"""Names of accounts, and names of people inside names of files."""

from __future__ import annotations

import re

from redaction.recognisers.base import Rule, UkRecogniser
from redaction.words import keep_terms, ordinary

_FILE = r"(?:docx?|pdf|xlsx?|csv|pptx?|rtf|odt|txt|msg|eml|jpe?g|png|mp[34]|m4a|wav|zip)"


_TOKEN = re.compile(r"[A-Z][A-Z_]*_\d+")


class Username(UkRecogniser):
    """A word with digits or dots called a login, or a surname and an initial at the head of a file's name."""

    NAME = "username"
    ENTITY = "USERNAME"
    RULES = (
        Rule("letters then digits", r"(?<![\w@/.])[a-z][a-z._-]{1,20}\d{1,6}[a-z]{0,6}(?![\w@]|\.\w)", 0.1),
        Rule("digits then letters", r"(?<![\w@/.])\d{2}[a-z]{4,12}(?!\w)", 0.1, cased=True),
        Rule("word with an underscore", r"(?<![\w@/.\\])(?=\w*[A-Za-z]\w*_)[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+(?![\w@]|\.\w|[\\/])", 0.45),
        Rule("long word with digits at its end", r"(?<![\w@/.])[a-z]{5,14}\d{2,4}(?![\w@]|\.\w)", 0.45, cased=True),
        Rule("joined by dot or underscore", r"(?<![\w@/.])[a-z]\w{1,20}[._]\w{1,20}(?![\w@]|\.\w)", 0.1),
        Rule("labelled", r"(?<!\w)(?:user ?(?:id|name)|log-?in (?:id|name))[ \t]*[:=|][ \t]*(?P<v>[\w.-]{4,30})(?!\w)", 0.7),
        Rule("owner of a file", rf"(?<!\w)(?P<v>[A-Z][A-Za-z'-]{{2,}}_[A-Z]{{1,2}})_[\w-]{{1,60}}\.{_FILE}(?!\w)", 0.8, cased=True),
        Rule("owner of a folder", r"(?<=[\\/])(?P<v>[A-Z][A-Za-z'-]{2,}_[A-Z]{1,2})(?=[\\/])", 0.8, cased=True),
    )
    CONTEXT = (
        "user ?names?", r"log-?in(?: (?:name|id))?", "user id", "handle", "gamer ?tag", "insta", "instagram", "snap", "snapchat",
        "tiktok", "discord", "roblox", "psn", "xbox", r"student no\.?", r"usernames?", "user", r"screen names?", "ad", "alias", "facebook", "signed in as", "logged in as", "account name",
    )  # fmt: skip
    WINDOW = (45, 12)
    def check(self, value: str) -> bool | None:
        """An ordinary word with a number ("windows10") is no account; words joined by strokes of a form are none."""
        if _TOKEN.fullmatch(value):
            return False  # one of redaction's own tokens, typed by somebody
        stem = value.rstrip("0123456789").lower()
        return False if ordinary(stem) or (stem,) in keep_terms() else None

    EXAMPLE = "his login is dhale04"
