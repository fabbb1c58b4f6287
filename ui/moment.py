"""The moment of a film that the page's link asks for, as the stage's own links write it."""

import re

import streamlit as st

from figures.words import as_written

PARAMETER = "at"
# A step; then what is opened, a unit, a weight or a point, and which parameters are changed.
MOMENT = re.compile(r"\d{1,9}(~(u\d+\.\d+|w\d+|p\d+|c\d+_-?\d+(\.\d+)?(e-?\d+)?))*")


def moment_in_link() -> tuple[str, str]:
    """The moment, "" if there is none; and a sentence if what stands there is none."""
    said = st.query_params.get(PARAMETER, "")
    if not said or MOMENT.fullmatch(said):
        return said, ""
    return "", (
        f"The link has “{as_written(said)}” for the moment: expected a step of the film, such as "
        "49, so the film opens as it does without."
    )
