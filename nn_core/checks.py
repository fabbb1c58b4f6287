"""Sentences for wrong arguments: each names the argument, what was expected and what came."""

import difflib
import math
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

Entry = TypeVar("Entry")


def _is_finite(value: Any) -> bool:
    """Whether `value` is a number that a float can hold."""
    if not isinstance(value, (int, float, np.integer, np.floating)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the largest float
        return False


def positive_number(name: str, value: Any) -> float:
    """`value` as a float; ValueError unless it is a positive finite number."""
    if isinstance(value, bool) or not (_is_finite(value) and value > 0):
        raise ValueError(f"{name}: expected a positive finite number, got {value!r}")
    return float(value)


def finite_number(name: str, value: Any) -> float:
    """`value` as a float; ValueError unless it is a finite number."""
    if not _is_finite(value):
        raise ValueError(f"{name}: expected a finite number, got {value!r}")
    return float(value)


def number_between(name: str, value: Any, low: float, high: float) -> float:
    """`value` as a float; ValueError unless low ≤ value < high."""
    if not (_is_finite(value) and low <= value < high):
        raise ValueError(f"{name}: expected a number in [{low:g}, {high:g}), got {value!r}")
    return float(value)


def positive_integer(name: str, value: Any) -> int:
    """`value` as an int; ValueError unless it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
        raise ValueError(f"{name}: expected a whole number of at least 1, got {value!r}")
    return int(value)


def finite_array(name: str, array: Any) -> np.ndarray:
    """`array` as it is; ValueError unless it is a NumPy array in which every number is finite."""
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "biuf":
        kind = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
        raise ValueError(f"{name}: expected a NumPy array of real numbers, got {kind}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name}: expected finite numbers, got NaN or infinity among them")
    return array


def finite_matrix(name: str, array: Any) -> np.ndarray:
    """`array` as it is; ValueError unless (batch, features), not empty, and all of it finite."""
    matrix = finite_array(name, array)
    if matrix.ndim != 2 or len(matrix) == 0:
        raise ValueError(
            f"{name}: expected shape (batch, features) of at least one row, got {matrix.shape}"
        )
    return matrix


def known_name(what: str, name: Any, table: Mapping[str, Entry]) -> Entry:
    """`table[name]`; ValueError that lists the known names, the nearest one first, otherwise."""
    if isinstance(name, str) and name in table:
        return table[name]
    near = difflib.get_close_matches(name, table, n=1) if isinstance(name, str) else []
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise ValueError(f"{what}: {hint}expected one of {', '.join(sorted(table))}, got {name!r}")
