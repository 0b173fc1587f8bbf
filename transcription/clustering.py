"""Grouping voice embeddings into speakers: average linkage on cosine distance."""

from __future__ import annotations

import numpy as np

THRESHOLD = 0.55
"""cosine distance above which two groups are different people"""
MAX_POINTS = 3000
"""linkage needs memory for every pair; further embeddings only join the nearest speaker"""
_MIN_SHARE = 0.02


def cluster(vectors: np.ndarray, seconds: np.ndarray, number: int | None = None) -> np.ndarray:
    """Return the speakers' centroids, shape (speakers, size), unit length.

    ``seconds`` is how much speech each vector rests on; ``number`` the count of speakers if known.
    A group with hardly any speech counts as noise, unless the number is given.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(vectors) > MAX_POINTS:
        keep = np.sort(np.argsort(-seconds, kind="stable")[:MAX_POINTS])
        vectors, seconds = vectors[keep], seconds[keep]
    if len(vectors) == 1:
        labels = np.ones(1, dtype=int)
    else:
        tree = linkage(vectors, method="average", metric="cosine")
        labels = fcluster(tree, THRESHOLD, "distance")
        if number is not None:
            labels = _exactly(tree, labels, seconds, number)
    groups = sorted(set(labels), key=lambda g: -seconds[labels == g].sum())
    if number is None:
        floor = min(1.0, _MIN_SHARE * seconds.sum())
        groups = [g for g in groups if seconds[labels == g].sum() >= floor] or groups[:1]
    else:
        groups = groups[:number]
    centres = np.stack([(vectors[labels == g] * seconds[labels == g, None]).sum(axis=0) for g in groups])
    return centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)


def _exactly(tree: np.ndarray, labels: np.ndarray, seconds: np.ndarray, number: int) -> np.ndarray:
    """Return the coarsest cut that leaves ``number`` groups with real speech in them."""
    from scipy.cluster.hierarchy import fcluster

    floor = min(1.0, _MIN_SHARE * seconds.sum())
    best = labels
    for count in range(number, min(len(labels), number + 12) + 1):
        best = fcluster(tree, count, "maxclust")
        if sum(seconds[best == g].sum() >= floor for g in set(best)) >= number:
            return best
    return fcluster(tree, number, "maxclust")
