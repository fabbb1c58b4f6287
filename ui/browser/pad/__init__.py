"""The paper on which a visitor draws, and the network's answer beside it."""

import base64
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from datasets.drawn import PAPER
from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting
from views.mnist.training.paper import OR_ELSE, SECOND_THOUGHT, UNSURE, Reader, Reading

KEY = "mnist_pad"
MOST = 10_000  # numbers on one paper, as in sheet.js
# What is on the paper: the strokes of a drawing, or which test image.
DRAWING, SAMPLE, SAMPLES_SEEN = "mnist_ink", "mnist_test_digit", "mnist_test_digits_seen"
ASKED = "mnist_networks"  # the keys of those that the browser has not got yet
HEIGHTS = "max(58vh, 28em)", "max(64vh, 16em)"  # on a page, where it can be used, on a projector

_pad = part(Path(__file__).parent)


def drawing() -> list[np.ndarray]:
    """The strokes that are drawn, each (points, 2) in 1023rds of the paper; none if unreadable."""
    return [np.array(stroke).reshape(-1, 2) for stroke in _strokes()]


def _strokes() -> list[list[int]]:
    """The same as the browser sends them: x, y, x, y, …"""
    sent = st.session_state.get(DRAWING)
    strokes = sent.get("strokes") if isinstance(sent, dict) else None
    if not isinstance(strokes, list) or not all(isinstance(s, list) for s in strokes):
        return []
    sound = (
        sum(map(len, strokes)) <= MOST
        and all(stroke and len(stroke) % 2 == 0 for stroke in strokes)
        and all(type(v) is int and 0 <= v <= PAPER for stroke in strokes for v in stroke)
    )
    return strokes if sound else []


def sample() -> int:
    """Which test image is on the paper, from 1 on; 0 if it holds a drawing, or nothing."""
    return st.session_state.get(SAMPLE, 1)


def asked() -> list[str]:
    """The keys of the networks that the browser asks for; it does so once for each."""
    keys = st.session_state.pop(ASKED, None)
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def pad_data(
    image: np.ndarray | None,
    side: int,
    readers: Sequence[Reader],
    readings: Sequence[Reading],
    networks: Iterable[dict[str, Any]],
    things: str,
    height: str,
    big: bool,
    large: bool = False,
) -> dict[str, Any]:
    """What the browser gets of a paper that has the first test image on it, as `show_pad` says."""
    seen = None if image is None else (image * 255).round().astype(np.uint8).tobytes()
    return {
        "seen": base64.b64encode(seen).decode() if seen else "",
        "side": side,
        "unsure": UNSURE,
        "second": SECOND_THOUGHT,
        "orElse": OR_ELSE,
        "networks": list(networks),
        "readers": [
            {
                "name": reader.name,
                "network": reader.key,
                "walled": reader.walled,
                "classes": reader.classes,
                "answer": said.words,
                "probabilities": [None if np.isnan(p) else float(p) for p in said.probabilities],
            }
            for reader, said in zip(readers, readings, strict=True)
        ],
        "sample": 1,
        "strokes": [],
        "thing": things.removesuffix("s"),
        "big": big,
        "large": large,
        "height": height,
        "size": TYPE if big else "0.9rem",
    }


def show_pad(
    image: np.ndarray | None,
    side: int,
    readers: Sequence[Reader],
    readings: Sequence[Reading],
    networks: Iterable[dict[str, Any]] = (),
    things: str = "digits",
    large: bool = False,
) -> None:
    """The paper, what a network sees (side²,) of what is on it, and what each reader says to it.

    While a stroke grows the readers answer in the browser, as soon as it has their `networks`
    (views/mnist/training/networks.py), which it asks for once somebody comes to draw. While the
    wall of weights is at another moment, the pad says what the network of then reads. `things` are
    what it learned to read. A `large` one has all of the page's width.
    """
    height, on_it = height_of(*HEIGHTS), {"sample": sample(), "strokes": _strokes()}
    paper = pad_data(image, side, readers, readings, networks, things, height, presenting(), large)
    data = paper | on_it
    with place_for(KEY):
        _pad(
            key=KEY,
            data=data,
            on_ink_change=_remember_drawing,
            on_sample_change=_next_sample,
            on_asks_change=_remember_asked,
        )


def _remember_drawing() -> None:
    st.session_state[DRAWING] = st.session_state[KEY].ink
    st.session_state[SAMPLE] = 0


def _remember_asked() -> None:
    st.session_state[ASKED] = st.session_state[KEY].asks


def _next_sample() -> None:
    st.session_state[SAMPLES_SEEN] = st.session_state.get(SAMPLES_SEEN, 1) + 1
    st.session_state[SAMPLE] = st.session_state[SAMPLES_SEEN]
