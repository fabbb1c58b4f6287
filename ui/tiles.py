"""A choice among pictures: Streamlit's own pills, each a picture, and the chosen one's name."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from figures.thumbnails import as_address, thumbnail
from recipes.settings import Choices

STYLE = """
.st-key-KEY [data-testid="stButtonGroup"] { position: relative; }
.st-key-KEY [role="radiogroup"] { gap: 0.15rem; }
.st-key-KEY [role="radio"] { position: static; min-height: 0; width: 2rem; height: 2rem;
  padding: 0.1rem; border-radius: 0.4rem; }
.st-key-KEY [role="radio"]::before { content: ""; width: 100%; height: 100%; flex: none;
  background: center / contain no-repeat; }
.st-key-KEY [data-selected] { box-shadow: inset 0 0 0 1px var(--st-primary-color); }
/* The name of the one that is pointed at, else of the one that has the keys, else of the chosen. */
.st-key-KEY [role="radio"] > div { position: absolute; top: 0; left: 3.9rem; opacity: 0;
  width: auto; pointer-events: none; white-space: nowrap; }
.st-key-KEY [role="radio"][data-selected] > div { opacity: 1; }
.st-key-KEY :has(> :focus-visible) > [role="radio"]:not(:focus-visible) > div { opacity: 0; }
.st-key-KEY :has(> :focus-visible) > [role="radio"]:focus-visible > div { opacity: 1; }
.st-key-KEY :has(> :hover) > [role="radio"]:not(:hover) > div { opacity: 0 !important; }
.st-key-KEY :has(> :hover) > [role="radio"]:hover > div { opacity: 1 !important; }
"""


def tiles(setting: Choices, default: Any, key: str, common: Mapping[str, Any]) -> None:
    """The widget for a setting whose values are data sets, with what their points look like."""
    st.html(_look(setting.values, key))
    st.pills(setting.label, setting.values, default=default, required=True, wrap=True, **common)


@cache
def _look(values: tuple[str, ...], key: str) -> str:
    pictures = (
        f".st-key-{key} [role=radio]:nth-of-type({place})::before "
        f'{{ background-image: url("{as_address(thumbnail(value))}"); }}'
        for place, value in enumerate(values, 1)
    )
    return f"<style>{STYLE.replace('KEY', key)}{''.join(pictures)}</style>"
