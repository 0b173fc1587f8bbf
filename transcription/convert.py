"""The same Whisper weights for openai-whisper: CTranslate2's model.bin becomes its checkpoint.

Only the container changes; every number is the one of the file that was verified, so the two
engines can be compared on equal weights.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import MissingModel
from core.model_files import file_sha256
from transcription.weights import Weights

_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def variables(model_bin: Path) -> dict[str, np.ndarray]:
    """Return the tensors of a CTranslate2 ``model.bin`` by name; raises MissingModel when unreadable."""
    try:
        data = memoryview(model_bin.read_bytes())
        return dict(_tensors(data))
    except (struct.error, KeyError, ValueError, OSError) as error:
        raise MissingModel(
            "The speech model file cannot be read.", "Run `rapt models pull`. It replaces the wrong file."
        ) from error


def _tensors(data: memoryview) -> Iterator[tuple[str, np.ndarray]]:
    at = 0

    def take(layout: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return value

    def text() -> str:
        nonlocal at
        size = take("H")
        value = bytes(data[at : at + size - 1]).decode()
        at += size
        return value

    version = take("I")
    if version >= 2:
        text()
        take("I")
    found: dict[str, np.ndarray] = {}
    for _ in range(take("I")):
        name = text()
        shape = tuple(take("I") for _ in range(take("B")))
        kind = _TYPES[take("B")]
        size = take("I")
        found[name] = np.frombuffer(data[at : at + size], dtype=kind).reshape(shape)
        at += size
    if version >= 3:
        for _ in range(take("I")):
            alias = text()
            found[alias] = found[text()]
    yield from found.items()


def state_dict(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the tensors under openai-whisper's names, as float32."""
    out: dict[str, np.ndarray] = {}

    def put(target: str, source: str) -> None:
        for part in ("weight", "bias"):
            if f"{source}/{part}" in tensors:
                out[f"{target}.{part}"] = tensors[f"{source}/{part}"]

    def norm(target: str, source: str) -> None:
        out[f"{target}.weight"] = tensors[f"{source}/gamma"]
        out[f"{target}.bias"] = tensors[f"{source}/beta"]

    def attention(target: str, source: str, cross: bool) -> None:
        norm(f"{target}_ln", f"{source}/layer_norm")
        joint = "linear_1" if cross else "linear_0"
        names = ["key", "value"] if cross else ["query", "key", "value"]
        if cross:
            put(f"{target}.query", f"{source}/linear_0")
        for part in ("weight", "bias"):
            pieces = np.split(tensors[f"{source}/{joint}/{part}"], len(names))
            for name, piece in zip(names, pieces, strict=True):
                if (name, part) != ("key", "bias"):  # Whisper's keys have none; CTranslate2 stores zeros
                    out[f"{target}.{name}.{part}"] = piece
        put(f"{target}.out", f"{source}/linear_{2 if cross else 1}")

    put("encoder.conv1", "encoder/conv1")
    put("encoder.conv2", "encoder/conv2")
    out["encoder.positional_embedding"] = tensors["encoder/position_encodings/encodings"]
    norm("encoder.ln_post", "encoder/layer_norm")
    out["decoder.token_embedding.weight"] = tensors["decoder/embeddings/weight"]
    out["decoder.positional_embedding"] = tensors["decoder/position_encodings/encodings"]
    norm("decoder.ln", "decoder/layer_norm")
    for side in ("encoder", "decoder"):
        for layer in range(_layers(tensors, side)):
            source, target = f"{side}/layer_{layer}", f"{side}.blocks.{layer}"
            attention(f"{target}.attn", f"{source}/self_attention", cross=False)
            if side == "decoder":
                attention(f"{target}.cross_attn", f"{source}/attention", cross=True)
            norm(f"{target}.mlp_ln", f"{source}/ffn/layer_norm")
            put(f"{target}.mlp.0", f"{source}/ffn/linear_0")
            put(f"{target}.mlp.2", f"{source}/ffn/linear_1")
    return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in out.items()}


def _layers(tensors: dict[str, np.ndarray], side: str) -> int:
    return 1 + max(int(n.split("/")[1][6:]) for n in tensors if n.startswith(f"{side}/layer_") and n[len(side) + 7].isdigit())


def dimensions(state: dict[str, np.ndarray], heads_width: int = 64) -> dict[str, int]:
    """Return openai-whisper's ``dims``; every Whisper model has heads 64 wide."""
    audio_state, mels, _ = state["encoder.conv1.weight"].shape
    vocabulary, text_state = state["decoder.token_embedding.weight"].shape
    return {
        "n_mels": mels,
        "n_audio_ctx": state["encoder.positional_embedding"].shape[0],
        "n_audio_state": audio_state,
        "n_audio_head": audio_state // heads_width,
        "n_audio_layer": sum(name.endswith("attn.query.weight") for name in state if name.startswith("encoder")),
        "n_vocab": vocabulary,
        "n_text_ctx": state["decoder.positional_embedding"].shape[0],
        "n_text_state": text_state,
        "n_text_head": text_state // heads_width,
        "n_text_layer": sum(name.endswith("cross_attn.query.weight") for name in state),
    }


def checkpoint(weights: Weights, cache: Path) -> Path:
    """Return openai-whisper's checkpoint of the weights, converting once and checking the hash.

    Raises:
        MissingModel: the source cannot be read.
    """
    target = cache / f"openai-{weights.sha256[:16]}.pt"
    mark = target.with_suffix(".json")
    if target.is_file() and mark.is_file():
        known: dict[str, Any] = json.loads(mark.read_text("utf-8"))
        if known.get("source") == weights.sha256 and known.get("sha256") == file_sha256(target):
            return target
    import torch

    state = state_dict(variables(weights.folder / "model.bin"))
    cache.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    half = {name: torch.from_numpy(value).half() for name, value in state.items()}
    torch.save({"dims": dimensions(state), "model_state_dict": half}, part)
    digest = file_sha256(part)
    part.replace(target)
    mark.write_text(json.dumps({"source": weights.sha256, "sha256": digest}), "utf-8")
    return target


def alignment_heads(weights: Weights) -> list[tuple[int, int]]:
    """Return the (layer, head) pairs whose attention follows time, from the model's config."""
    try:
        config = json.loads((weights.folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [(int(layer), int(head)) for layer, head in config.get("alignment_heads") or []]
