"""Sentence embeddings from the pinned MiniLM, on onnxruntime and tokenizers, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from core.model_files import locate
from core.settings import Settings, get_settings

if TYPE_CHECKING:
    import numpy as np

DIMENSIONS = 384
_BATCH = 32


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row a text, float32, each of length 1."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 (int8 ONNX): mean pooling over tokens, at most 256 of them, then unit length."""

    def __init__(self, settings: Settings | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        settings = settings or get_settings()
        folder = locate("minilm", settings)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(2, settings.speech_threads)
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {entry.name for entry in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return an array of shape (len(texts), 384)."""
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros((len(texts), DIMENSIONS), np.float32)
        for at in range(0, len(order), _BATCH):
            rows = order[at : at + _BATCH]
            out[rows] = self._batch([texts[i] for i in rows])
        return out

    def _batch(self, texts: list[str]) -> np.ndarray:
        import numpy as np

        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        feed = {"input_ids": np.array([e.ids for e in encoded], np.int64), "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.zeros_like(mask)
        hidden = np.asarray(self._session.run(None, feed)[0])
        weights = mask[..., None].astype(np.float32)
        pooled = (hidden * weights).sum(1) / weights.sum(1)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


class Remembering:
    """An embedder that embeds each text once; for the length of one piece of work, since it keeps every vector."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row a text."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for text, row in zip(new, self._inner.embed(new), strict=True):
            self._known[text] = row
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)


@lru_cache(maxsize=1)
def default_embedder() -> MiniLM:
    """Return the process's embedder, loaded once."""
    return MiniLM()
