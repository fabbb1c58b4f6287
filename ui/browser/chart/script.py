"""Plotly's own script, served from the installed package: nothing is copied."""

from pathlib import Path

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
NAME = f"plotly-{plotly.__version__}.min.js"
ADDRESS = f"./{NAME}"  # as every page sees it, below whatever path the app is served
A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}  # its version is in its name


async def script(request: Request) -> FileResponse:
    """The answer to whoever asks for it."""
    return FileResponse(FILE, media_type="text/javascript", headers=A_YEAR)


def script_route() -> Route:
    """Where the server has it."""
    return Route(below_base(NAME), script)


def below_base(name: str) -> str:
    """The path of a file of ours, below the server's base path if it has one."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{name}" if base else f"/{name}"
