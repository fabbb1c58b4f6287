"""Ten images of a set beside each other, each with the name of its class."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from figures.words import as_written
from runs.subjects import LONGEST_CLASS

SHOWN, LARGE = 10, 56  # images that are shown, and how many pixels a side that takes


def ten_of(labels: np.ndarray) -> list[int]:
    """Which images to show, by their classes: one of each of ten, or evenly more where fewer are.

    Of more classes than ten, some.
    """
    order = np.argsort(labels, kind="stable")
    _, first, each = np.unique(labels[order], return_index=True, return_counts=True)
    if len(first) > SHOWN:
        return [int(order[first[k]]) for k in np.linspace(0, len(first) - 1, SHOWN).astype(int)]
    turns = np.arange(len(labels)) - np.repeat(first, each)  # how many of its class come before
    return [int(order[k]) for k in np.sort(np.argsort(turns, kind="stable")[:SHOWN])]


def show_images(images: np.ndarray, names: Sequence[str]) -> None:
    """Images (n, side, side) uint8, dark ink on bright paper in the bright theme."""
    dark_theme = st.context.theme.type == "dark"
    times = max(1, round(2 * LARGE / images.shape[1]))
    st.image(
        [np.kron(x if dark_theme else 255 - x, np.ones((times, times), np.uint8)) for x in images],
        [as_written(name, LONGEST_CLASS) for name in names],
        width=LARGE,
    )
