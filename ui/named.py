"""A menu that says in plain words what the field has names for; a link has the names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.folded import put_back, put_folded

SHOWN = "_in_words"  # ends the key of the menu that is seen


def named_menu(
    label: str,
    usual: str,
    names: Mapping[str, str],
    folded: bool,
    common: Mapping[str, Any],
    take: Callable[[str], None],
) -> None:
    """The widget for a setting whose values have these names in plain words.

    Streamlit spells a link as the widget shows it. So there are two: one has the value and its
    link, and is not seen (`ui/page.py`: STYLE); the other is seen, and `take` gets what is chosen
    in it. `folded` is whether they stand in a popover.
    """
    values: Sequence[str] = list(names)
    st.selectbox(label, values, values.index(usual), **common)
    shown = f"{common['key']}{SHOWN}"
    put_folded(shown, st.session_state[common["key"]])

    def chosen() -> None:
        if not (folded and put_back(shown)):
            take(st.session_state[shown])

    st.selectbox(
        label,
        values,
        format_func=lambda value: names[value],
        key=shown,
        help=common["help"],
        on_change=chosen,
    )
