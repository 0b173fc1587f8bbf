"""The Rampart tagger: names, addresses and numbers, also in small letters (ONNX file, no network)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from redaction.recognisers.tagged import Piece, PieceTagger, chosen, windowed

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


class Rampart(PieceTagger):
    """Word pieces whose chance of being ordinary is small, joined to words and to spans of one type."""

    NAME = "rampart"
    ENTITY = "PERSON"
    EXAMPLE = "my name is siobhan and i live at 14 larkspur close"

    def __init__(self, folder: Path, threshold: float = THRESHOLD) -> None:
        self._folder = folder
        self._threshold = threshold
        super().__init__()
        self.supported_entities = sorted(set(KINDS.values()))

    def pieces(self, text: str) -> list[Piece]:
        """Return the pieces that are anything but ordinary."""
        import numpy as np

        model = load_rampart(self._folder)
        coded = model.tokenizer.encode(text, add_special_tokens=False)
        if not coded.ids:
            return []
        first, last = model.tokenizer.token_to_id("[CLS]"), model.tokenizer.token_to_id("[SEP]")
        chances = np.zeros((len(coded.ids), len(model.kinds)), dtype=np.float32)
        for at, end, skip in windowed(len(coded.ids), WINDOW, STRIDE):
            row = np.array([[first, *coded.ids[at:end], last]], dtype=np.int64)
            logits = model.session.run(
                None,
                {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)},
            )[0][0][1:-1]
            scores = np.exp(logits - logits.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            chances[at + skip : end] = scores[skip:]
        return chosen(coded.offsets, chances, model.kinds, {}, self._threshold)
