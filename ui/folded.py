"""Controls that are folded away, and what the browser has yet to hear of them.

Of a popover that is closed Streamlit's browser side draws nothing. What Python puts into a control
there it hears only when the popover opens; until then it says with every run what the control was
before, which nobody chose.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

POPOVER, UNHEARD = "folded_popover", "folded_unheard"


class Unheard(NamedTuple):
    """What the browser says of a control, and what Python has put there since."""

    said: Any
    put: Any


def folding_popover(place: DeltaGenerator, label: str, key: str) -> DeltaGenerator:
    """Where a page folds its controls away, one a page; `key` is in the session while it is open.

    Once it has been opened the browser has heard all.
    """
    st.session_state[POPOVER] = key
    icon = ":material/tune:"
    return place.popover(label, icon=icon, key=key, on_change=_turned, args=[key])


def _turned(key: str) -> None:
    if st.session_state[key]:
        st.session_state.pop(UNHEARD, None)


def folds_again() -> None:
    """The popover that is open closes with this run. For a callback."""
    st.session_state.pop(POPOVER, None)


def put_folded(key: str, value: Any) -> None:
    """Put a value into a control that may be folded away. For a callback."""
    unheard: dict[str, Unheard] = st.session_state.setdefault(UNHEARD, {})
    closed = not st.session_state.get(st.session_state.get(POPOVER, POPOVER))
    if key in st.session_state and closed:
        said = unheard[key].said if key in unheard else st.session_state[key]
        unheard[key] = Unheard(said, value)
    st.session_state[key] = value


def put_back(key: str) -> bool:
    """Whether what came of this folded control is not the reader's; then it is put right."""
    known: Unheard | None = st.session_state.get(UNHEARD, {}).get(key)
    if known is None or st.session_state[key] != known.said:
        return False
    st.session_state[key] = known.put
    return True


@contextlib.contextmanager
def put_by_address(prefix: str) -> Iterator[None]:
    """While a page runs whose address says what its controls are, those whose key begins so.

    The controls are folded away meanwhile.
    """
    state = st.session_state
    said = {str(key): state[key] for key in state if str(key).startswith(prefix)}
    try:
        yield
    finally:
        unheard: dict[str, Unheard] = state.setdefault(UNHEARD, {})
        for key, before in said.items():
            if key in state and state[key] != before:
                unheard[key] = Unheard(unheard[key].said if key in unheard else before, state[key])
