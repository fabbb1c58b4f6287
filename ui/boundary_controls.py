"""The controls of Decision boundaries that are folded away."""

import streamlit as st
from runs.config import BoundariesConfig

from ui.controls import control

TABS = {
    "Network": ("layers", "widths", "activation", "init", "inputs", "seed"),
    "Training": ("optimizer", "batch", "epochs", "loss", "l1", "l2", "dropout"),
    "Points": ("noise", "points", "train", "data_seed"),
}


def own_widths_no_more() -> None:
    """A moved slider for units or layers counts for every layer, so what was written goes."""
    st.session_state[BoundariesConfig.key("widths")] = ""


def some_hidden_units() -> None:
    """Whoever moves the slider for hidden units wants some, so there is a layer for them."""
    own_widths_no_more()
    layers = BoundariesConfig.key("layers")
    st.session_state[layers] = max(1, st.session_state[layers])


def more_controls() -> None:
    """All further controls, in three tabs."""
    for tab, names in zip(st.tabs(list(TABS)), TABS.values(), strict=True):
        with tab:
            for name in names:
                control(BoundariesConfig, name, own_widths_no_more if name == "layers" else None)
