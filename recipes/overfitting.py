"""Where overfitting begins: read off the losses on seen and on unseen data."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from recipes.reasons import MATTERS, RISEN, VISIBLY, Overfitting


def overfitting(history: Mapping[str, Sequence[Any]]) -> Overfitting | None:
    """Where it begins, in the rows that a trainer has recorded; None where it is not found.

    The loss on unseen data must be the higher one and have risen by a fifth, or visibly where it is
    twice the other.
    """
    if not history.get("val_loss"):
        return None
    steps, seen, unseen = (np.array(history[name]) for name in ("step", "loss", "val_loss"))
    if not (np.isfinite(seen).all() and np.isfinite(unseen).all()):
        return None
    at = int(unseen.argmin())
    risen = unseen[-1] / max(unseen[at], 1e-300) - 1
    enough = VISIBLY if unseen[-1] > 2 * seen[-1] else RISEN
    fell = seen[-1] < min(seen[at], unseen[-1])
    if risen <= enough or unseen[-1] < MATTERS or not fell:
        return None
    return Overfitting(
        int(steps[at]), *(float(v) for v in (unseen[at], unseen[-1], seen[at], seen[-1]))
    )
