"""Ten images of a set beside each other, each with the name of its class."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from figures.words import as_written
from runs.subjects import LONGEST_CLASS

SHOWN, LARGE = 10, 56  # images that are shown, and how many pixels a side that takes


def ten_of(labels: np.ndarray) -> list[int]:
    """Which images to show: one of each of ten classes, or more of each where there are fewer."""
    _, first = np.unique(labels, return_index=True)
    chosen = [first[k] for k in np.linspace(0, len(first) - 1, min(SHOWN, len(first))).astype(int)]
    chosen += [i for i in range(len(labels[: 2 * SHOWN])) if i not in chosen]
    return sorted((int(i) for i in chosen[:SHOWN]), key=lambda i: labels[i])


def show_images(images: np.ndarray, names: Sequence[str]) -> None:
    """Images (n, side, side) uint8, dark ink on bright paper in the bright theme."""
    dark_theme = st.context.theme.type == "dark"
    times = max(1, round(2 * LARGE / images.shape[1]))
    st.image(
        [np.kron(x if dark_theme else 255 - x, np.ones((times, times), np.uint8)) for x in images],
        [as_written(name, LONGEST_CLASS) for name in names],
        width=LARGE,
    )
