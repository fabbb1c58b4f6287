"""What hidden units answer to many images, as a picture: two directions, and who lies beside whom.

By principal components (Pearson 1901): of all directions the two along which the answers are
spread most. scikit-learn's `PCA` finds the same, but its import takes a second and 70 MB.
"""

from typing import NamedTuple

import numpy as np

AT_ONCE = 250  # points whose distances to all others are held at a time


class Directions(NamedTuple):
    """Two directions in the space of hidden answers, at right angles."""

    middle: np.ndarray  # (units,) where they cross
    ways: np.ndarray  # (2, units), each of length 1
    shares: np.ndarray  # (2,) of the spread that each keeps, from 0 to 1; 0 without any spread


def two_directions(answers: np.ndarray) -> Directions:
    """The two directions along which answers (n, units) are spread most, the wider one first.

    They are the eigenvectors of the largest eigenvalues of the covariance. An eigenvector may point
    either way: here its largest weight is positive, as in scikit-learn. One unit alone has no
    second direction: that one has no weights.
    """
    middle = answers.mean(axis=0, dtype=np.float64)
    apart = answers - middle
    covariance = apart.T @ apart / len(answers)
    spread, columns = np.linalg.eigh(covariance)  # the smallest first
    ways = np.zeros((2, len(middle)))
    shares = np.zeros(2)
    total = np.trace(covariance)
    for k, way in enumerate(columns.T[::-1][:2]):
        ways[k] = way * np.sign(way[np.abs(way).argmax()])
        shares[k] = max(spread[-1 - k], 0) / total if total > 0 else 0
    return Directions(middle, ways, shares)


def placed(answers: np.ndarray, directions: Directions) -> tuple[np.ndarray, float]:
    """Where answers (n, units) lie along the two directions, (n, 2), and the share of their spread
    that is seen there, from 0 to 1; 0 without any spread.
    """
    places = (answers - directions.middle) @ directions.ways.T
    spread = answers.var(axis=0, dtype=np.float64).sum()
    return places, float(places.var(axis=0).sum() / spread) if spread > 0 else 0.0


def nearest(places: np.ndarray) -> np.ndarray:
    """Which other point is the nearest to each of (n, 2), (n,); of equals the first."""
    found = np.empty(len(places), int)
    x, y = places.T
    for start in range(0, len(places), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        distance = (x[some, None] - x) ** 2 + (y[some, None] - y) ** 2
        itself = np.arange(len(distance))
        distance[itself, start + itself] = np.inf
        found[some] = distance.argmin(axis=1)
    return found


def most_mixed(t: np.ndarray, beside: np.ndarray, classes: int) -> list[tuple[int, int, int]]:
    """The two classes of which the largest share has one of the other as nearest, and how many.

    `t` (n,) are classes, `beside` (n,) the places of the nearest. All pairs of the same share; none
    if nobody's nearest is of another class.
    """
    counts = np.bincount(t * classes + t[beside], minlength=classes**2).reshape(classes, classes)
    of_each = np.bincount(t, minlength=classes)
    both = np.triu(counts + counts.T, 1)
    shares = both / np.maximum(of_each[:, None] + of_each, 1)
    most = shares.max(initial=0)
    pairs = np.argwhere((shares == most) & (both > 0)).tolist()
    return [(one, other, int(both[one, other])) for one, other in pairs]
