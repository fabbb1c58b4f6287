"""What a run began with, where that is not chance: another run, a recording, or a file."""

import json
import math
import re
from typing import NamedTuple

from datasets.idx import DataError
from runs.files import A_NAME

LONGEST = 60  # letters of a file's name
MOST_STEPS = 10**9
A_RECORDING = re.compile(r"[a-z_]{0,30}")
WRONG = "The file says of what its run began with in a way that cannot be."


class Began(NamedTuple):
    """The network that a run began with."""

    run: str = ""  # the id of the run that it was taken from, if that is known
    steps: int = 0  # that it had taken there
    epochs: float = 0.0
    file: str = ""  # the name of the file that it was opened from, if it was
    recording: str = ""  # the name of the recording that it was taken from, if it was


def as_text(began: Began | None) -> str:
    """All of it as JSON; "" if there is nothing."""
    return json.dumps(began._asdict(), ensure_ascii=False) if began else ""


def from_text(text: str) -> Began | None:
    """What `as_text` wrote; DataError if it did not."""
    if not text:
        return None
    try:
        began = Began(**json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise DataError(WRONG) from None
    run, steps, epochs, file, recording = began
    sound = (
        isinstance(run, str)
        and (not run or A_NAME.fullmatch(run) is not None)
        and type(steps) is int
        and 0 <= steps <= MOST_STEPS
        and isinstance(epochs, int | float)
        and math.isfinite(epochs)
        and 0 <= epochs <= steps
        and isinstance(file, str)
        and len(file) <= LONGEST
        and (not file or file.isprintable())
        and isinstance(recording, str)
        and A_RECORDING.fullmatch(recording) is not None
    )
    if not sound:
        raise DataError(WRONG)
    return began
