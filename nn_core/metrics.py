"""How often a classifier is right, and what it takes for what."""

import numpy as np

from nn_core.checks import positive_integer


def accuracy(predicted: np.ndarray, target: np.ndarray) -> float:
    """The share of places where two arrays of classes agree, from 0 to 1.

    ValueError if their shapes differ, or they are empty.
    """
    _check_pair(predicted, target)
    predicted, target = np.asarray(predicted), np.asarray(target)
    return float(np.mean(predicted == target))


def confusion_matrix(
    predicted: np.ndarray, target: np.ndarray, classes: int, normalize: bool = False
) -> np.ndarray:
    """How often each class was taken for each: row the target, column the answer, (classes,) × 2.

    With `normalize` each row is divided by its sum, so it says what became of that class; a class
    that never occurs has a row of zeros.
    ValueError if the shapes differ, or a class lies outside 0 … classes − 1.
    """
    _check_pair(predicted, target)
    positive_integer("classes", classes)
    for name, labels in (("predicted", predicted), ("target", target)):
        if labels.min() < 0 or labels.max() >= classes:
            raise ValueError(
                f"{name}: expected classes from 0 to {classes - 1}, "
                f"got {labels.min()} to {labels.max()}"
            )
    counts = np.bincount(target.astype(int) * classes + predicted, minlength=classes**2)
    matrix = counts.reshape(classes, classes)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1) if normalize else matrix


def _check_pair(predicted: np.ndarray, target: np.ndarray) -> None:
    if np.shape(predicted) != np.shape(target) or np.size(target) == 0:
        raise ValueError(
            f"predicted: expected as many classes as targets, at least one, "
            f"got {np.shape(predicted)} and {np.shape(target)}"
        )
