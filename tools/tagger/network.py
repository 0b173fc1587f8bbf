"""The network: the packaged MiniLM with a class head; its segment embeddings carry the shape of letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BertConfig, BertModel

from redaction.tagger.shape import SHAPES
from tools.tagger.labels import CLASSES


class Tagger(nn.Module):
    """Word piece ids, mask and shapes → one row of class scores per piece."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(encoder.config.hidden_size, len(CLASSES))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Return logits, batch × pieces × classes."""
        found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return self.head(self.drop(found.last_hidden_state))


def fresh(folder: Path) -> Tagger:
    """Return the tagger on the untrained head and the sentence model's weights (safetensors in ``folder``)."""
    from safetensors.torch import load_file

    config = BertConfig.from_pretrained(folder)
    config.type_vocab_size = SHAPES
    encoder = BertModel(config, add_pooling_layer=False)
    weights: dict[str, Any] = load_file(folder / "model.safetensors")
    weights = {k: v for k, v in weights.items() if not k.startswith("pooler") and not k.endswith("position_ids")}
    old = weights["embeddings.token_type_embeddings.weight"]
    weights["embeddings.token_type_embeddings.weight"] = old[:1].repeat(SHAPES, 1) + 0.01 * torch.randn(SHAPES, old.shape[1])
    missing, unexpected = encoder.load_state_dict(weights, strict=False)
    if unexpected or missing:
        raise ValueError(f"weights do not fit: {missing} {unexpected}")
    return Tagger(encoder)


def export(model: Tagger, target: Path) -> None:
    """Write the network as one int8 ONNX file."""
    import tempfile

    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    row = torch.ones((1, 8), dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (row, row, row),
            str(whole),
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=["logits"],
            dynamic_axes={
                name: {0: "rows", 1: "pieces"} for name in ("input_ids", "attention_mask", "token_type_ids", "logits")
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True)
