"""Grouping voice embeddings into speakers, and finding how many there are.

Long recordings use spectral clustering (the largest gap of the eigenvalues tells the number of
speakers); short ones average linkage with a threshold, because the gap is unreliable on a few
dozen points. Limits were chosen on made conversations of seven LibriSpeech readers and five
synthetic voices (10 s to 5 min, one to four speakers).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEW = 60
"""embeddings (about forty seconds of speech) below which the recording counts as short"""
MOST = 1500
"""spectral clustering needs memory and time for every pair; the others join the nearest speaker"""
MAX_SPEAKERS = 15
_LINKAGE_DISTANCE = 0.45
_SAME_SHORT, _SAME_LONG = 0.70, 0.75
"""centroids more alike than this are one person"""
_SMALLEST_SHORT, _SMALLEST_LONG = 2, 4
_NEIGHBOURS = 6
_KEPT_SHARE = 0.012


def centroids(vectors: np.ndarray, number: int | None = None) -> np.ndarray:
    """Return one unit vector per speaker; ``number`` is the count of speakers if it is known."""
    if len(vectors) > MOST:
        vectors = vectors[np.linspace(0, len(vectors) - 1, MOST).astype(int)]
    if number is not None:
        number = min(number, len(vectors), MAX_SPEAKERS)
    short = len(vectors) < FEW
    if len(vectors) == 1 or number == 1:
        labels = np.zeros(len(vectors), dtype=int)
    else:
        labels = _linked(vectors, number) if short else _spectral(vectors, number)
    if number is None:
        labels = _without_tiny(labels, vectors, _SMALLEST_SHORT if short else _SMALLEST_LONG)
        labels = _merged(labels, vectors, _SAME_SHORT if short else _SAME_LONG)
    return _centres(labels, vectors)


def _linked(vectors: np.ndarray, number: int | None) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage

    tree = linkage(vectors, method="average", metric="cosine")
    if number is None:
        return fcluster(tree, _LINKAGE_DISTANCE, "distance")
    for count in range(number, min(len(vectors), number + 8) + 1):
        # a single odd window must not take the place of a speaker
        labels = fcluster(tree, count, "maxclust")
        sizes = {group: int((labels == group).sum()) for group in set(labels)}
        if sum(size >= _SMALLEST_SHORT for size in sizes.values()) >= number:
            return _without_tiny(labels, vectors, _SMALLEST_SHORT, number)
    return fcluster(tree, number, "maxclust")


def _spectral(vectors: np.ndarray, number: int | None) -> np.ndarray:
    from scipy.linalg import eigh
    from sklearn.cluster import KMeans

    likeness = vectors @ vectors.T
    size = len(likeness)
    dropped = min(int((1 - _KEPT_SHARE) * size), size - _NEIGHBOURS)
    for row in range(size):
        likeness[row, np.argpartition(likeness[row], dropped)[:dropped]] = 0
    likeness = 0.5 * (likeness + likeness.T)
    np.fill_diagonal(likeness, 0)
    laplacian = np.diag(np.abs(likeness).sum(axis=1)) - likeness
    wanted = min(size, MAX_SPEAKERS + 1)
    values, axes = eigh(laplacian, subset_by_index=[0, wanted - 1])
    count = number or int(np.argmax(np.diff(values))) + 1
    return KMeans(n_clusters=count, random_state=0, n_init="auto").fit_predict(axes[:, :count])


def _without_tiny(labels: np.ndarray, vectors: np.ndarray, smallest: int, most: int | None = None) -> np.ndarray:
    groups, sizes = np.unique(labels, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    big = [int(groups[i]) for i in order if sizes[i] >= smallest][:most]
    if not big:
        return np.zeros_like(labels)
    centres = _centres(labels, vectors, big)
    moved = labels.copy()
    for index in np.flatnonzero(~np.isin(labels, big)):
        moved[index] = big[int(np.argmax(centres @ vectors[index]))]
    return moved


def _merged(labels: np.ndarray, vectors: np.ndarray, same: float) -> np.ndarray:
    labels = labels.copy()
    while len(groups := np.unique(labels)) > 1:
        centres = _centres(labels, vectors)
        likeness = np.triu(centres @ centres.T, 1)
        first, second = np.unravel_index(int(np.argmax(likeness)), likeness.shape)
        if likeness[first, second] < same:
            break
        labels[labels == groups[second]] = groups[first]
    return labels


def _centres(labels: np.ndarray, vectors: np.ndarray, groups: Sequence[int] | None = None) -> np.ndarray:
    chosen = np.unique(labels) if groups is None else groups
    centres = np.stack([vectors[labels == group].mean(axis=0) for group in chosen])
    return centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
