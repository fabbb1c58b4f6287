"""What can be set from outside: every variable of the environment is read here, nowhere else.

A value that cannot be is refused with one sentence, and the server does not start.
"""

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import platformdirs

OURS = "GLASSBOX_"
HOME, MNIST = "GLASSBOX_HOME", "GLASSBOX_MNIST_DIR"
ABANDONED, CORES, LOG = "GLASSBOX_ABANDONED", "GLASSBOX_CORES", "GLASSBOX_LOG"
HANDS, PLAYGROUND = "GLASSBOX_HANDS", "GLASSBOX_PLAYGROUND"
MNIST_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def glassbox_home() -> Path:
    """The one folder in which Glassbox keeps files: the one named, else the user's cache folder.

    It need not exist yet.
    """
    return Path(_value(HOME) or platformdirs.user_cache_dir("glassbox"))


def mnist_folder() -> Path | None:
    """The folder that is named for MNIST's four files, if one is."""
    return _named(MNIST)


def abandoned(usual: float) -> float:
    """Seconds without a look after which a run rests."""
    return float(_checked(ABANDONED) or usual)


def cores() -> int:
    """How many processors this process may use at a time: all, if nobody says fewer."""
    return int(_checked(CORES) or os.cpu_count() or 1)


def log_seconds() -> float:
    """Seconds between two lines that say how the server does; 0 for none."""
    return float(_checked(LOG) or 0)


def hands_folder() -> Path | None:
    """The folder of a benchmark's drawn digits, if one is named."""
    return _named(HANDS)


def playground_file() -> Path | None:
    """TensorFlow Playground's `src/nn.ts`, for a benchmark, if it is named."""
    return _named(PLAYGROUND)


def refuse_what_cannot_be() -> None:
    """SystemExit, with a sentence, at the first variable whose value cannot be, or that is none."""
    for variable in VARIABLES:
        _checked(variable.name)
    known = [variable.name for variable in VARIABLES]
    for name in sorted(os.environ):
        if name.startswith(OURS) and name not in known:
            raise SystemExit(f"{name} is no variable of Glassbox: expected {', '.join(known)}.")


def _value(name: str) -> str:
    """What the variable says; "" if nothing."""
    return os.environ.get(name, "")


def _checked(name: str) -> str:
    """The same. SystemExit, with a sentence, if it cannot be."""
    value = _value(name)
    variable = next(variable for variable in VARIABLES if variable.name == name)
    if value and (expected := variable.wrong(value)):
        raise SystemExit(f"{name} is “{value}”: expected {expected}.")
    return value


def _named(name: str) -> Path | None:
    value = _value(name)
    return Path(value) if value else None


def _no_place(value: str) -> str:
    place = Path(value)
    try:
        there = next((p for p in (place, *place.parents) if p.exists()), Path())
        fine = there.is_dir()
    except (OSError, ValueError):
        fine = False
    return "" if fine else "a folder, or a path at which one can be made"


def _no_folder(value: str) -> str:
    return "" if Path(value).is_dir() else "a folder that is there"


def _no_file(value: str) -> str:
    return "" if Path(value).is_file() else "a file that is there"


def _no_mnist(value: str) -> str:
    for name in MNIST_FILES:
        if not any((Path(value) / file).is_file() for file in (f"{name}.gz", name)):
            return f"a folder with MNIST's four files, and {name}.gz is not in it"
    return ""


def _no_time(value: str) -> str:
    return "" if 0 < _number(value) < math.inf else "a number of seconds above 0"


def _no_time_or_none(value: str) -> str:
    fine = _number(value) == 0 or 1 <= _number(value) < math.inf
    return "" if fine else "a number of seconds from 1 on, or 0 for none"


def _no_count(value: str) -> str:
    return "" if value.isascii() and value.isdigit() and int(value) else "a whole number from 1 on"


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


class Variable(NamedTuple):
    """One that can be set, as docs/hosting.md's table has it."""

    name: str
    means: str
    usual: str  # what holds where it is not set, or empty
    wrong: Callable[[str], str]  # what is expected in the place of a value; "" if it is fine


VARIABLES = (
    Variable(
        HOME,
        "the one folder in which Glassbox keeps files",
        "your user's cache folder (`~/.cache/glassbox`)",
        _no_place,
    ),
    Variable(
        MNIST,
        "a folder with MNIST's four IDX files, gzipped or not",
        "`mnist/` in that folder, downloaded when it is first needed",
        _no_mnist,
    ),
    Variable(
        ABANDONED,
        "seconds without a look after which a run rests",
        "600",
        _no_time,
    ),
    Variable(
        CORES,
        "how many processors one process may use at a time for trainings",
        "all that the machine says it has; `python -m hosting` shares them out",
        _no_count,
    ),
    Variable(
        LOG,
        "seconds between two lines in the log that say how the server does; 0 for none",
        "0; 60 under `python -m hosting`",
        _no_time_or_none,
    ),
    Variable(HANDS, "a benchmark's folder of drawn digits", "not measured", _no_folder),
    Variable(
        PLAYGROUND, "TensorFlow Playground's `src/nn.ts`, for a benchmark", "not measured", _no_file
    ),
)
