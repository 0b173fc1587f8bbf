"""Names of accounts, and names of people inside names of files."""

from __future__ import annotations

from redaction.recognisers.base import Rule, UkRecogniser

_FILE = r"(?:docx?|pdf|xlsx?|csv|pptx?|rtf|odt|txt|msg|eml|jpe?g|png|mp[34]|m4a|wav|zip)"


class Username(UkRecogniser):
    """A word with digits or dots called a login, or a surname and an initial at the head of a file's name."""

    NAME = "username"
    ENTITY = "USERNAME"
    RULES = (
        Rule("letters then digits", r"(?<![\w@/.])[a-z][a-z._-]{1,20}\d{1,6}[a-z]{0,6}(?![\w@]|\.\w)", 0.1),
        Rule("joined by dot or underscore", r"(?<![\w@/.])[a-z]\w{1,20}[._]\w{1,20}(?![\w@]|\.\w)", 0.1),
        Rule("labelled", r"(?<!\w)(?:user ?(?:id|name)|log-?in (?:id|name))[ \t]*[:=|][ \t]*(?P<v>[\w.-]{4,30})(?!\w)", 0.7),
        Rule("owner of a file", rf"(?<!\w)(?P<v>[A-Z][A-Za-z'-]{{2,}}_[A-Z]{{1,2}})_[\w-]{{1,60}}\.{_FILE}(?!\w)", 0.8, cased=True),
        Rule("owner of a folder", r"(?<=[\\/])(?P<v>[A-Z][A-Za-z'-]{2,}_[A-Z]{1,2})(?=[\\/])", 0.8, cased=True),
    )
    CONTEXT = (
        "user ?names?", r"log-?in(?: (?:name|id))?", "user id", "handle", "gamer ?tag", "insta", "instagram", "snap", "snapchat",
        "tiktok", "discord", "roblox", "psn", "xbox", r"student no\.?", "facebook", "signed in as", "logged in as", "account name",
    )  # fmt: skip
    WINDOW = (45, 12)
    EXAMPLE = "his login is dhale04"
