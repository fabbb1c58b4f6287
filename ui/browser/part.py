"""A part as Streamlit knows it."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.browser.join import joined


def part(folder: Path) -> ComponentRenderer:
    """What puts the part of a folder on the page: its HTML, its styles, and its joined modules."""
    name = folder.name
    return st.components.v2.component(
        f"glassbox_{name}",
        html=read(folder / f"{name}.html"),
        css=read(folder / f"{name}.css"),
        js=joined(folder / "component.js"),
        isolate_styles=False,
    )


def read(file: Path) -> str:
    """A file's text."""
    return file.read_text(encoding="utf-8")
