"""The Rampart tagger: names, addresses and numbers, also in small letters (ONNX file, no network)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from presidio_analyzer import RecognizerResult

from redaction.recognisers.base import UkRecogniser

THRESHOLD = 0.2
"""probability that a word piece is anything but ordinary; measured in the project's baselines"""
WINDOW = 254
STRIDE = 200

KINDS = {
    "GIVEN_NAME": "PERSON",
    "SURNAME": "PERSON",
    "EMAIL": "EMAIL",
    "PHONE": "PHONE",
    "URL": "URL",
    "TAX_ID": "NINO",
    "BANK_ACCOUNT": "BANK_ACCOUNT",
    "ROUTING_NUMBER": "SORT_CODE",
    "GOVERNMENT_ID": "CASE_REFERENCE",
    "PASSPORT": "PASSPORT",
    "DRIVERS_LICENSE": "DRIVING_LICENCE",
    "BUILDING_NUMBER": "ADDRESS",
    "STREET_NAME": "ADDRESS",
    "SECONDARY_ADDRESS": "ADDRESS",
    "CITY": "TOWN",
    "STATE": "TOWN",
    "ZIP_CODE": "POSTCODE",
}
_NEEDS_DIGIT = {
    "PHONE",
    "NINO",
    "BANK_ACCOUNT",
    "SORT_CODE",
    "CASE_REFERENCE",
    "PASSPORT",
    "DRIVING_LICENCE",
    "POSTCODE",
}


class _Model(NamedTuple):
    tokenizer: Any
    session: Any
    kinds: list[str]
    """our type per label number, "" for ordinary text"""


@lru_cache(maxsize=2)
def load_rampart(folder: Path) -> _Model:
    """Return tokenizer, session and label table of the tagger below ``folder``."""
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # spinning starves a shared machine
    session = onnxruntime.InferenceSession(
        str(folder / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
    )
    labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
    kinds = [KINDS.get(labels[str(n)].partition("-")[2], "") for n in range(len(labels))]
    return _Model(tokenizer, session, kinds)


class _Piece(NamedTuple):
    start: int
    end: int
    kind: str
    score: float


class Rampart(UkRecogniser):
    """Word pieces whose chance of being ordinary is small, joined to words and to spans of one type."""

    NAME = "rampart"
    ENTITY = "PERSON"
    EXAMPLE = "my name is siobhan and i live at 14 larkspur close"

    def __init__(self, folder: Path, threshold: float = THRESHOLD) -> None:
        self._folder = folder
        self._threshold = threshold
        super().__init__()
        self.supported_entities = sorted(set(KINDS.values()))

    def analyze(self, text: str, entities: Any = None, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return spans with the mean probability of their pieces."""
        spans: list[list[_Piece]] = []
        for piece in self._pieces(text):
            if spans and _continues(text, spans[-1][-1], piece):
                spans[-1].append(piece)
            else:
                spans.append([piece])
        hits = []
        for span in spans:
            start, end = _whole_words(text, span[0].start, span[-1].end)
            kind = span[0].kind
            if kind in _NEEDS_DIGIT and not any(c.isdigit() for c in text[start:end]):
                continue
            score = sum(p.score for p in span) / len(span)
            hits.append(self.hit(start, end, score, "tagged", entity=kind))
        return hits

    def _pieces(self, text: str) -> list[_Piece]:
        import numpy as np

        model = load_rampart(self._folder)
        coded = model.tokenizer.encode(text, add_special_tokens=False)
        first, last = model.tokenizer.token_to_id("[CLS]"), model.tokenizer.token_to_id("[SEP]")
        best = np.zeros((len(coded.ids), len(model.kinds)), dtype=np.float32)
        margin = (WINDOW - STRIDE) // 2
        for at in range(0, max(1, len(coded.ids)), STRIDE):
            ids = coded.ids[at : at + WINDOW]
            if not ids:
                break
            row = np.array([[first, *ids, last]], dtype=np.int64)
            logits = model.session.run(
                None,
                {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)},
            )[0][0][1:-1]
            scores = np.exp(logits - logits.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            skip = margin if at else 0  # the middle of a window sees both sides; its edge does not
            best[at + skip : at + len(ids)] = scores[skip:]
            if at + WINDOW >= len(coded.ids):
                break
        pieces = []
        for (start, end), row in zip(coded.offsets, best, strict=True):
            chance = 1.0 - float(row[0])
            if chance >= self._threshold and len(row) > 1:
                kind = model.kinds[int(row[1:].argmax()) + 1]
                if kind:
                    pieces.append(_Piece(start, end, kind, chance))
        return pieces


def _continues(text: str, before: _Piece, piece: _Piece) -> bool:
    gap = text[before.end : piece.start]
    if before.end >= piece.start:
        return True  # pieces of one word are one span, whatever their labels
    if before.kind != piece.kind:
        return False
    if gap in (".", ". ") and before.kind == "PERSON":
        return before.end - before.start == 1  # an initial; otherwise a sentence ends there
    return gap in (" ", "-", "'", "\u2019", ".") or (gap == ", " and piece.kind == "ADDRESS")


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
