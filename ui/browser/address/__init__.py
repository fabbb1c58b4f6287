"""What Python has to say in the page's address, written by the browser.

Python itself (`st.query_params`) writes all of an address at once, as it was when the page last
ran, and so loses what a control that has been moved meanwhile wrote there.

Streamlit does so by itself where a callback has set a control: what is said here is then lost, too.
So it is said again in every run.
"""

import time
from collections.abc import Mapping
from pathlib import Path

from ui.browser.part import part

_address = part(Path(__file__).parent)


def write_address(said: Mapping[str, str | list[str]]) -> None:
    """Put these parameters into the page's address, several times those that have several values;
    out of it those whose value is ""."""
    _address(key="address", data={"said": dict(said), "now": time.monotonic_ns()})
