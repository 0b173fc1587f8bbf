"""Public sets for redaction: TAB court judgments and presidio-research sentences, in the shape of our gold.

Sources: Pilán et al. 2022, "The Text Anonymization Benchmark" (MIT); microsoft/presidio-research (MIT). The
files lie in the folder named by RAPT_DATA, else ``shared/data`` beside the repository; they are not part of it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal

from evaluation.pii.gold import Document, Span

SPLIT = Path(__file__).resolve().parents[1] / "data" / "redaction" / "split.json"
_TAB = {"PERSON": "PERSON", "CODE": "CASE_REFERENCE", "LOC": "TOWN", "ORG": "ORGANISATION", "DATETIME": "DATE"}
_PRESIDIO = {
    "PERSON": "PERSON",
    "STREET_ADDRESS": "ADDRESS",
    "GPE": "TOWN",
    "ORGANIZATION": "ORGANISATION",
    "CREDIT_CARD": "CARD",
    "PHONE_NUMBER": "PHONE",
    "DATE_TIME": "DATE",
    "TITLE": "TITLE",
    "AGE": "AGE",
    "NRP": "NATIONALITY",
    "ZIP_CODE": "POSTCODE",
    "EMAIL_ADDRESS": "EMAIL",
    "DOMAIN_NAME": "URL",
    "IP_ADDRESS": "IP_ADDRESS",
    "IBAN_CODE": "BANK_ACCOUNT",
    "US_SSN": "NINO",
    "US_DRIVER_LICENSE": "DRIVING_LICENCE",
}
Side = Literal["train", "test"]


def folder() -> Path:
    """Return where the public data lie; the folder may be missing."""
    given = os.environ.get("RAPT_DATA")
    return Path(given).expanduser() if given else Path(__file__).resolve().parents[3] / "shared" / "data"


def _named(table: dict[str, str], kind: str) -> str:
    return table.get(kind, kind)


def _split() -> dict[str, Any]:
    return json.loads(SPLIT.read_text("utf-8"))


def tab(side: Side, root: Path | None = None) -> list[tuple[Document, frozenset[str]]]:
    """Return judgments with the ids of their direct entities; NO_MASK spans are not part of the gold.

    An entity's spans are DIRECT or QUASI as its annotator said; quasi entities are all others.
    """
    path = (root or folder()) / "tab" / "tab_train_dev.jsonl"
    if not path.is_file():
        return []
    chosen = set(_split()["tab"][side])
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row["metadata"]["data_id"]
        if name not in chosen:
            continue
        spans, direct = [], set()
        for e in row["entities"]:
            if e["identifier_type"] == "NO_MASK":
                continue
            kind = _named(_TAB, str(e["entity_type"]))
            spans.append(Span(e["start_offset"], e["end_offset"], kind, e["entity_id"]))
            if e["identifier_type"] == "DIRECT":
                direct.add(e["entity_id"])
        document = Document(name, "letter", row["text"], tuple(sorted(set(spans), key=lambda s: s.start)), (), ())
        found.append((document, frozenset(direct)))
    return found


def presidio(side: Side, root: Path | None = None) -> list[Document]:
    """Return sentences of presidio-research; titles are no identifiers and are left out of the gold."""
    path = (root or folder()) / "presidio_research" / "synth_900.json"
    if not path.is_file():
        return []
    test = set(_split()["presidio_research"]["test"])
    found = []
    for number, row in enumerate(json.loads(path.read_text("utf-8"))):
        if (number in test) != (side == "test"):
            continue
        spans = tuple(
            Span(s["start_position"], s["end_position"], kind, f"{kind}#{i}")
            for i, s in enumerate(row["spans"])
            if (kind := _named(_PRESIDIO, str(s["entity_type"]))) != "TITLE"
        )
        found.append(Document(f"presidio-{number}", "letter", row["full_text"], spans, (), ()))
    return found
