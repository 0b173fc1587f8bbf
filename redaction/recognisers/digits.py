"""Checksums and small number helpers that several recognisers share."""

from __future__ import annotations

import re


def digits(value: str) -> str:
    """Return only the digits of a value."""
    return re.sub(r"\D", "", value)


def all_same(number: str) -> bool:
    """Return whether a number is one digit repeated (a placeholder, never issued)."""
    return len(set(number)) <= 1


def nhs_valid(number: str) -> bool:
    """Return whether ten digits carry the modulus 11 check digit of an NHS number."""
    if len(number) != 10 or all_same(number):
        return False
    total = sum(int(d) * weight for d, weight in zip(number, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(number[9])


def luhn_valid(number: str) -> bool:
    """Return whether the digits pass the Luhn check of payment cards."""
    if not number or all_same(number):
        return False
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
