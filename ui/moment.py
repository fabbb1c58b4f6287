"""The moment of a film that the page's link asks for, as the film's own links write it."""

import re

from figures.words import as_written

PARAMETER = "at"
BEGINNING = "0"
# A step; then what is opened, a unit, a weight or a point, and which parameters are changed.
STEP = re.compile(r"\d{1,9}")
MOMENT = re.compile(r"\d{1,9}(~(u\d+\.\d+|w\d+|p\d+|c\d+_-?\d+(\.\d+)?(e-?\d+)?))*")


def read_moment(said: str, form: re.Pattern[str] = MOMENT) -> tuple[str, str]:
    """The moment that a link says, "" if there is none; and a sentence if it says none.

    A chart has but steps (`STEP`).
    """
    if not said or form.fullmatch(said):
        return said, ""
    return "", (
        f"The link has “{as_written(said)}” for the moment: expected a step of the film, such as "
        "49, so the film opens as it does without."
    )
