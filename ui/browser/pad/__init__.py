"""The paper on which a visitor draws a digit, and the network's answer beside it."""

import base64
from pathlib import Path

import numpy as np
import streamlit as st

from ui.browser.part import part
from ui.place import place_for
from ui.presenter import presenting

GRAIN = 140  # pixels along the paper's edge, as in pad.js
KEY = "mnist_pad"
# What is on the paper: a drawing, or which test digit.
DRAWING, SAMPLE, SAMPLES_SEEN = "mnist_ink", "mnist_test_digit", "mnist_test_digits_seen"

_pad = part(Path(__file__).parent)


def drawing() -> np.ndarray | None:
    """What is drawn, (GRAIN, GRAIN) uint8, or None if nothing that can be read is."""
    try:
        ink = base64.b64decode(st.session_state.get(DRAWING) or "", validate=True)
    except ValueError:
        return None
    if len(ink) != GRAIN * GRAIN:
        return None
    return np.frombuffer(ink, np.uint8).reshape(GRAIN, GRAIN)


def sample() -> int:
    """Which test digit is on the paper, from 1 on; 0 if it holds a drawing, or nothing."""
    return st.session_state.get(SAMPLE, 1)


def show_pad(
    image: np.ndarray | None, side: int, answer: str, probabilities: np.ndarray, unsure: float
) -> None:
    """The paper, what the network sees (side²,) of what is on it, and its answer.

    `probabilities` is (10,), NaN where there is nothing to say; while the wall of weights is at
    another moment, the pad says what the network of then reads, `unsure` below that probability.
    """
    seen = None if image is None else (image * 255).round().astype(np.uint8).tobytes()
    data = {
        "seen": base64.b64encode(seen).decode() if seen else "",
        "side": side,
        "answer": answer,
        "unsure": unsure,
        "probabilities": [None if np.isnan(p) else float(p) for p in probabilities],
        "sample": sample(),
        "ink": "" if drawing() is None else st.session_state[DRAWING],
        "big": presenting(),
        "height": "63vh" if presenting() else "61.5vh",
        "size": "24px" if presenting() else "0.9rem",
    }
    with place_for(KEY):
        _pad(key=KEY, data=data, on_ink_change=_remember_drawing, on_sample_change=_next_sample)


def _remember_drawing() -> None:
    st.session_state[DRAWING] = st.session_state[KEY].ink
    st.session_state[SAMPLE] = 0


def _next_sample() -> None:
    st.session_state[SAMPLES_SEEN] = st.session_state.get(SAMPLES_SEEN, 1) + 1
    st.session_state[SAMPLE] = st.session_state[SAMPLES_SEEN]
