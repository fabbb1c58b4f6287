"""The controls of One neuron that are folded away, the table that a reader may write among them."""

import streamlit as st

from runs.neuron_config import NeuronConfig
from ui.controls import control

KEPT = "neuron_tables"


def more_controls() -> None:
    """Starting weights, number of steps, and where a link opens the walk."""
    for name in ("weights", "steps", "step"):
        control(NeuronConfig, name)


def own_table(name: str, usual: str) -> str:
    """A table that begins as the usual one of that name, as the reader has rewritten it.

    A box of text and not Streamlit's grid: the grid loses the first keys of a number typed fast,
    says nothing about "abc", and once emptied cannot be filled again. The box forgets its text
    when another page is opened, so it is kept here.
    """
    kept, key = st.session_state.setdefault(KEPT, {}), f"neuron_rows_{name}"
    if key not in st.session_state:
        st.session_state[key] = kept.get(name, usual)
    kept[name] = st.text_area(
        "Your own samples: x₁ x₂ x₃ t, one a line",
        key=key,
        height=190,
        help="One sample a line: its three inputs, then its target, from 0 to 1. At most 8 lines.",
    )
    st.button("Back to the usual table", on_click=_put_back, args=[key, usual], key="neuron_usual")
    return kept[name]


def _put_back(key: str, usual: str) -> None:
    st.session_state[key] = usual
