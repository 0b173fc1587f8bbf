"""Train the salience weights of the visit-notes pilot and print what they buy, cross-validated by visit.

Usage: python tools/train_salience.py [--check]
Reads evaluation/data/visit_notes/visits_dev (never the test visits) and writes pilots/visit_notes/salience.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evaluation.visits import facts_found, key_in, load_visit  # noqa: E402
from pilots.visit_notes.salience import design_matrix  # noqa: E402
from pilots.visit_notes.utterances import utterances  # noqa: E402
from rag.embedding import default_embedder  # noqa: E402

TURN_SHARE = 0.3
C = 0.03


def examples() -> list[tuple]:
    """Return (visit, utterances, labels, matrix) of every development visit."""
    found = []
    for path in sorted((ROOT / "evaluation/data/visit_notes/visits_dev").glob("*.json")):
        visit = load_visit(path)
        items = utterances(visit.transcript)
        labels = np.zeros(len(items))
        for fact in visit.gold["facts"]:
            for u in items:
                if u.turn in fact["turns"] and any(
                    key_in(a, u.text) for group in fact["keys"] for a in group
                ):
                    labels[u.index] = 1
        found.append(
            (visit, items, labels, design_matrix(items, dict(visit.transcript.speakers), default_embedder()))
        )
    return found


def fit(rows: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, LogisticRegression]:
    """Return (mean, model)."""
    mean = rows.mean(axis=0)
    return mean, LogisticRegression(C=C, max_iter=3000).fit(rows - mean, labels)


def mixed(p: np.ndarray, items: list) -> np.ndarray:
    """Raise each score towards its turn's best."""
    best: dict[int, float] = {}
    for u in items:
        best[u.turn] = max(best.get(u.turn, 0.0), p[u.index])
    return np.array([(1 - TURN_SHARE) * p[u.index] + TURN_SHARE * best[u.turn] for u in items])


def main() -> None:
    """Cross-validate, print the trade-off, fit on all and write the weights."""
    data = examples()
    scored = []
    for held in range(len(data)):
        rest = [d for i, d in enumerate(data) if i != held]
        mean, model = fit(np.vstack([d[3] for d in rest]), np.hstack([d[2] for d in rest]))
        visit, items, _, rows = data[held]
        scored.append((visit, items, mixed(model.predict_proba(rows - mean)[:, 1], items)))
    sys.stdout.write("threshold  facts kept  words kept   (leave one visit out)\n")
    for cut in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        got = total = words = all_words = 0
        for visit, items, p in scored:
            kept = [u for u in items if p[u.index] >= cut]
            got += sum(facts_found(visit.gold["facts"], [(u.text, {u.turn}) for u in kept]).values())
            total += len(visit.gold["facts"])
            words += sum(u.words for u in kept)
            all_words += sum(u.words for u in items)
        sys.stdout.write(f"{cut:9.2f}  {got / total:10.3f}  {words / all_words:10.3f}\n")
    if "--check" in sys.argv:
        return
    mean, model = fit(np.vstack([d[3] for d in data]), np.hstack([d[2] for d in data]))
    threshold = (
        json.loads((ROOT / "pilots/visit_notes/salience.json").read_text())["threshold"]
        if (ROOT / "pilots/visit_notes/salience.json").exists()
        else 0.3
    )
    out = {
        "about": "linear salience weights; see tools/train_salience.py",
        "visits": len(data),
        "threshold": threshold,
        "turn_share": TURN_SHARE,
        "bias": round(float(model.intercept_[0]), 5),
        "mean": [round(float(x), 5) for x in mean],
        "weights": [round(float(x), 5) for x in model.coef_[0]],
    }
    (ROOT / "pilots/visit_notes/salience.json").write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
