"""A part as Streamlit knows it."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.browser.join import joined


class Texts(NamedTuple):
    """What the browser gets of a part."""

    html: str
    css: str
    js: str  # its joined modules


def texts(folder: Path, within: Path | None = None) -> Texts:
    """The HTML, the styles and the modules of the part of a folder.

    Where its HTML says <!-- within -->, that of the part of another folder stands, whose styles it
    has, too.
    """
    name, inner = folder.name, within and (within / within.name)
    html, css = read(folder / f"{name}.html"), read(folder / f"{name}.css")
    if inner:
        html = html.replace("<!-- within -->", read(inner.with_suffix(".html")))
        css = read(inner.with_suffix(".css")) + css
    return Texts(html, css, joined(folder / "component.js"))


def part(folder: Path, within: Path | None = None) -> ComponentRenderer:
    """What puts the part of a folder on the page (`texts`)."""
    html, css, js = texts(folder, within)
    return st.components.v2.component(
        f"glassbox_{folder.name}", html=html, css=css, js=js, isolate_styles=False
    )


def read(file: Path) -> str:
    """A file's text."""
    return file.read_text(encoding="utf-8")
