"""Training from a start of the reader's own: the weights as they were changed on the stage.

A start belongs to one visit and to the settings it was made for; it is in no link, and goes as
soon as a setting changes.
"""

import base64

import numpy as np
import streamlit as st
from runs.config import BoundariesConfig
from runs.trainers import boundaries_net

KEY = "own_start"


def keep_start(config: BoundariesConfig, sent: str | None) -> None:
    """Remember the parameters that the stage sent, base64 of float64, if they fit the config."""
    try:
        theta = np.frombuffer(base64.b64decode(sent or "", validate=True), np.float64)
    except ValueError:
        return
    if theta.size == boundaries_net(config).theta.size and np.isfinite(theta).all():
        st.session_state[KEY] = (config, theta)


def own_start(config: BoundariesConfig) -> np.ndarray | None:
    """The start kept for just these settings, if there is one."""
    kept, theta = st.session_state.get(KEY, (None, None))
    return theta if kept == config else None


def usual_start() -> None:
    """Back to the start that the settings draw. For a callback."""
    st.session_state.pop(KEY, None)
