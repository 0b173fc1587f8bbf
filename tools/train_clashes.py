"""Train the weights that rank possible contradictions, and print what they buy, leaving one visit out.

Usage: python tools/train_clashes.py [--check]
Reads evaluation/data/visit_notes/visits_dev (never the test visits) and writes pilots/visit_notes/clashes.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evaluation.visits import load_visit  # noqa: E402
from pilots.visit_notes.checks.clash_pairs import Pair, feature_names, pairs  # noqa: E402
from pilots.visit_notes.checks.contradiction import chosen, cited  # noqa: E402
from pilots.visit_notes.corrections import corrections, values  # noqa: E402
from pilots.visit_notes.utterances import utterances  # noqa: E402
from rag.embedding import Remembering, default_embedder  # noqa: E402

C = 1.0
_POSITIVE = 3.0
"""weight of one gold contradiction, shared by the pairs that show it"""
_NEGATIVE = 250
"""weight of all other pairs of a visit together"""
WEIGHTS = ROOT / "pilots/visit_notes/clashes.json"


def examples() -> list[tuple]:
    """Return (gold turn sets, utterances, pairs, rows, labels, weights) of every development visit."""
    found = []
    for path in sorted((ROOT / "evaluation/data/visit_notes/visits_dev").glob("*.json")):
        visit = load_visit(path)
        items = utterances(visit.transcript)
        held = [values(u.text) for u in items]
        roles = {label: str(role) for label, role in visit.transcript.speakers.items()}
        made = pairs(items, held, corrections(items), roles, Remembering(default_embedder()))
        gold = [set(c["turns"]) for c in visit.gold["contradictions"]]
        labels = np.array([float(any(len(turns(items, p) & g) > 1 for g in gold)) for p in made])
        share = [[len(turns(items, p) & g) > 1 for p in made] for g in gold]
        weights = np.full(len(made), min(1.0, _NEGATIVE / max(1, int((labels == 0).sum()))))
        weights[labels > 0] = 0.0
        for one in share:
            weights[one] += _POSITIVE / max(1, sum(one))
        found.append((gold, items, made, np.array([p.row for p in made]), labels, weights))
    return found


def turns(items: list, pair: Pair) -> set[int]:
    """Return the turns that a finding about the pair would cite."""
    return {u.turn for u in cited(items, pair)}


def fit(data: list[tuple]) -> tuple[np.ndarray, np.ndarray, LogisticRegression]:
    """Return (mean, scale, model)."""
    rows, labels, weights = np.vstack([d[3] for d in data]), np.hstack([d[4] for d in data]), np.hstack([d[5] for d in data])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    return mean, scale, LogisticRegression(C=C, max_iter=3000).fit((rows - mean) / scale, labels, weights)


def main() -> None:
    """Cross-validate, print the trade-off, fit on all and write the weights."""
    data = examples()
    scored = []
    for held in range(len(data)):
        mean, scale, model = fit([d for i, d in enumerate(data) if i != held])
        scores = model.predict_proba((data[held][3] - mean) / scale)[:, 1]
        scored.append(np.where([p.sure for p in data[held][2]], 0.5 + scores / 2, scores))
    total = sum(len(d[0]) for d in data)
    sys.stdout.write("most  cut   gold shown  findings  right ones   (leave one visit out)\n")
    for most in (4, 5, 6):
        for cut in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5):
            shown = right = found = 0
            for (gold, items, made, *_), p in zip(data, scored, strict=True):
                picked = [turns(items, pair) for pair in chosen(items, made, p, cut, most)]
                found += len(picked)
                shown += sum(any(len(t & g) > 1 for t in picked) for g in gold)
                right += sum(any(len(t & g) > 1 for g in gold) for t in picked)
            sys.stdout.write(f"{most:4d}  {cut:4.2f}  {shown:3d} of {total}   {found:7d}  {right:7d}\n")
    mean, scale, model = fit(data)
    for name, weight in sorted(zip(feature_names(), model.coef_[0], strict=True), key=lambda nw: -abs(nw[1])):
        sys.stdout.write(f"{weight:+.2f} {name}\n")
    if "--check" in sys.argv:
        return
    before = json.loads(WEIGHTS.read_text()) if WEIGHTS.exists() else {}
    out = {
        "about": "weights of the contradiction ranker; see tools/train_clashes.py",
        "visits": len(data), "threshold": before.get("threshold", 0.1), "most": before.get("most", 5),
        "bias": round(float(model.intercept_[0]), 5),
        "mean": [round(float(x), 5) for x in mean],
        "scale": [round(float(x), 5) for x in scale],
        "weights": [round(float(x), 5) for x in model.coef_[0]],
    }  # fmt: skip
    WEIGHTS.write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
