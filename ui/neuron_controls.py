"""The controls of One neuron that are folded away, the table that a reader may edit among them."""

import pandas as pd
import streamlit as st

from runs.neuron_config import NeuronConfig
from ui.controls import control

KEPT = "neuron_tables"


def more_controls() -> None:
    """Starting weights, number of steps, and where a link opens the walk."""
    for name in ("weights", "steps", "step"):
        control(NeuronConfig, name)


def own_table(name: str, usual: pd.DataFrame) -> pd.DataFrame:
    """A table that begins as the usual one of that name, with what the reader made of it.

    The editor forgets its changes when another page is opened, so the table as it was left is
    kept, and the editor begins with that.
    """
    kept, key = st.session_state.setdefault(KEPT, {}), f"neuron_cells_{name}"
    start, now = kept.get(name, (usual, usual))
    if key not in st.session_state:
        start = now
    st.caption("Your own samples: touch a cell to change it, the last row to add one. At most 8.")
    columns = {
        column: st.column_config.NumberColumn(format="%g", step=None) for column in usual.columns
    }
    edited = st.data_editor(
        start, key=key, num_rows="dynamic", column_config=columns, hide_index=True, height=240
    )
    kept[name] = (start, edited)
    st.button("Back to the usual table", on_click=_forget, args=[name, key], key="neuron_usual")
    return edited


def _forget(name: str, key: str) -> None:
    st.session_state[KEPT].pop(name, None)
    st.session_state.pop(key, None)
