"""RAPT's own tagger: names, places, numbers and what narrows a person down, learned from varied UK text.

The network (redaction/tagger/model.onnx, card beside it) sees word pieces and the shape of their letters.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from redaction.recognisers.tagged import Piece, PieceTagger, chosen, windowed
from redaction.tagger.shape import shapes

FOLDER = Path(__file__).resolve().parents[1] / "tagger"
WINDOW = 224
STRIDE = 168
ROWS = 4
"""windows a call: enough for speed, few enough for flat memory"""
LEAST = 0.35
FAINT = 0.08
"""chance from which a piece supports a hit of another tagger"""
THRESHOLDS = {
    "PERSON": 0.25,
    "DEM": 0.15,
    "MISC": 0.15,
    "QUANTITY": 0.15,
}
"""chance of being anything but ordinary that each type asks for; chosen on the development documents"""


_SHOWN_AS = {"DEM": "DEMOGRAPHIC", "MISC": "OTHER"}


class _Model(NamedTuple):
    tokenizer: Any
    session: Any
    kinds: list[str]


@lru_cache(maxsize=2)
def load_tagger(vocabulary: Path) -> _Model:
    """Return tokenizer (of the packaged MiniLM in ``vocabulary``), session and label table."""
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(vocabulary / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning starves a shared machine
    session = onnxruntime.InferenceSession(str(FOLDER / "model.onnx"), options, providers=["CPUExecutionProvider"])
    return _Model(tokenizer, session, _labels())


def _labels() -> list[str]:
    return json.loads((FOLDER / "labels.json").read_text("utf-8"))


class OwnTagger(PieceTagger):
    """Judges each word by its sentence; knows no list of names."""

    NAME = "own_tagger"
    ENTITY = "PERSON"
    EXAMPLE = "T/C to Mrs Abernethy-Kowal's daughter Zdenka, who will ring the surgery."

    def __init__(self, vocabulary: Path, thresholds: dict[str, float] | None = None) -> None:
        self._vocabulary = vocabulary
        self._thresholds = THRESHOLDS if thresholds is None else thresholds
        super().__init__()
        self.supported_entities = sorted({_SHOWN_AS.get(kind, kind) for kind in _labels() if kind})

    def pieces(self, text: str) -> list[Piece]:
        """Return the pieces that are anything but ordinary."""
        model = load_tagger(self._vocabulary)
        coded = model.tokenizer.encode(text, add_special_tokens=False)
        if not coded.ids:
            return []
        chances = self.chances(model, coded.ids, shapes(text, coded.offsets))
        found = chosen(coded.offsets, chances, model.kinds, self._thresholds, LEAST, FAINT)
        return [piece._replace(kind=_SHOWN_AS.get(piece.kind, piece.kind)) for piece in found]

    @staticmethod
    def chances(model: _Model, ids: list[int], letters: list[int]) -> Any:
        """Return one row of probabilities per piece."""
        import numpy as np

        first, last = model.tokenizer.token_to_id("[CLS]"), model.tokenizer.token_to_id("[SEP]")
        found = np.zeros((len(ids), len(model.kinds)), dtype=np.float32)
        stretches = list(windowed(len(ids), WINDOW, STRIDE))
        for group in (stretches[i : i + ROWS] for i in range(0, len(stretches), ROWS)):
            size = max(end - at for at, end, _ in group) + 2
            rows = np.zeros((len(group), size), dtype=np.int64)
            mask, kinds = np.zeros_like(rows), np.zeros_like(rows)
            for n, (at, end, _) in enumerate(group):
                rows[n, : end - at + 2] = [first, *ids[at:end], last]
                kinds[n, 1 : end - at + 1] = letters[at:end]
                mask[n, : end - at + 2] = 1
            logits = model.session.run(None, {"input_ids": rows, "attention_mask": mask, "token_type_ids": kinds})[0]
            scores = np.exp(logits - logits.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            for n, (at, end, skip) in enumerate(group):
                found[at + skip : end] = scores[n, 1 + skip : 1 + end - at]
        return found
