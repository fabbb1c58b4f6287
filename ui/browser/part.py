"""A part as Streamlit knows it."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.browser.join import joined

SHARED = Path(__file__).parent / "shared"
MENU = "<!-- menu -->"


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
    html, css = html_of(folder), css_of(folder)
    if within:
        html = html.replace("<!-- within -->", html_of(within))
        css = css_of(within) + css
    return Texts(html, css, joined(folder / "component.js"))


def part(folder: Path, within: Path | None = None) -> ComponentRenderer:
    """What puts the part of a folder on the page (`texts`)."""
    html, css, js = texts(folder, within)
    return st.components.v2.component(
        f"glassbox_{folder.name}", html=html, css=css, js=js, isolate_styles=False
    )


def html_of(folder: Path) -> str:
    """The HTML of a part; where it says <!-- menu --> its small menu stands."""
    return read(folder / f"{folder.name}.html").replace(MENU, read(SHARED / "menu.html"))


def css_of(folder: Path) -> str:
    """The styles of a part, with those of its small menu if it has one."""
    menu = MENU in read(folder / f"{folder.name}.html")
    return read(folder / f"{folder.name}.css") + (read(SHARED / "menu.css") if menu else "")


def read(file: Path) -> str:
    """A file's text."""
    return file.read_text(encoding="utf-8")
