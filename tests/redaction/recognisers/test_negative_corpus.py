"""What identifies nobody stays: the training documents with their identifiers blanked, and every kept term."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evaluation.pii.gold import Document, documents
from redaction.redactor import Redactor
from tests.redaction.recognisers.tables import THRESHOLD, rules

SET = Path(__file__).resolve().parents[3] / "evaluation" / "data" / "redaction" / "train" / "a"
STRUCTURED = (
    "nhs_number", "nino", "postcode", "phone", "email", "sort_code", "bank_account", "iban", "card", "vehicle_registration", "case_reference",
    "uprn", "chi_number", "key_code", "username", "upn", "uln", "passport", "driving_licence", "utr", "url", "ip_address",
)  # fmt: skip
ALLOWED = 3
"""hits per 10,000 words that a structured recogniser may have on text without identifiers"""


def _blank(document: Document) -> str:
    text = list(document.text)
    for span in document.spans:
        text[span.start : span.end] = [c if c in "\n " else "…" for c in document.text[span.start : span.end]]
    return "".join(text)


@pytest.fixture(scope="module")
def blanked() -> list[str]:
    return [_blank(d) for d in documents(SET)][:60]


def test_when_nothing_identifies_anybody_then_structured_recognisers_find_next_to_nothing(blanked: list[str]) -> None:
    found: Counter[str] = Counter()
    for text in blanked:
        for name in STRUCTURED:
            found[name] += sum(h.score >= THRESHOLD for h in rules()[name].analyze(text))
    words = sum(len(text.split()) for text in blanked)
    assert {name: n for name, n in found.items() if n > ALLOWED * words / 10_000} == {}


def test_when_a_term_must_be_kept_then_the_rules_keep_it(rules_only: Redactor) -> None:
    broken = total = 0
    for document in list(documents(SET))[:60]:
        hidden = [(e.start, e.end) for e in rules_only.draft(document.text).entities]
        for start, end in document.keep:
            total += 1
            broken += any(s < end and start < e for s, e in hidden)
    assert total > 300 and broken <= 0.01 * total
