"""The vocabulary of things read aloud: digits, tens, multipliers, spelling alphabets, separators."""

from __future__ import annotations

DIGIT = {
    "zero": "0", "nought": "0", "naught": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
TEEN = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8",
    "ninety": "9",
}  # fmt: skip
TIMES = {"double": 2, "treble": 3, "triple": 3}
NATO = {
    word: word[0]
    for word in "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november "
    "oscar papa quebec romeo sierra tango uniform victor whiskey whisky x-ray xray yankee zulu".split()
}
SEPARATOR = {"stroke": "/", "slash": "/", "dash": "-", "hyphen": "-"}
FILLER = frozenset("um er erm uh and then space".split())
