"""What a setting is: its name, default, bounds, the words beside it, and where its control stands.

The same frozen dataclass becomes a page's widgets, its link, and the head of a saved file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

import numpy as np

from nn_core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS

ROW, MORE = "in the row", ""  # where a control stands; any other word is a heading within More
APART = "apart"  # where something else than a control sets it


def plain(value: Any) -> str:
    """A value as a page and its link write it: 10.0 is 10, and 1e-05 is 0.00001."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return np.format_float_positional(value, precision=10, unique=True, trim="-")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def spoken(label: str) -> str:
    """A control's label within a sentence: “learning rate”, but “L2”."""
    return label if label[1:2].isdigit() else label[:1].lower() + label[1:]


class Choices(NamedTuple):
    """A setting that is one of a few values; `pictured` if each is shown as a picture of it."""

    label: str
    help: str
    values: tuple
    pictured: bool = False

    def allows(self, value: Any) -> bool:
        """Whether `value` is one of them, and of their kind: 10.0 is not 10, nor True 1."""
        return any(value == known and type(value) is type(known) for known in self.values)

    def __str__(self) -> str:
        return f"one of {', '.join(map(plain, self.values))}"


class Range(NamedTuple):
    """A setting that is a number from `low` to `high`, in steps."""

    label: str
    help: str
    low: float
    high: float
    step: float
    low_is: str = ""  # what the lowest stands for, if that is no number to the reader: “any”

    @property
    def values(self) -> tuple:
        """All that a slider stops at, the lowest first."""
        steps = range(round((self.high - self.low) / self.step) + 1)
        return tuple(type(self.step)(round(self.low + k * self.step, 10)) for k in steps)

    def allows(self, value: Any) -> bool:
        """Whether `value` is a number of the right kind within the bounds."""
        return type(value) is type(self.step) and self.low <= value <= self.high

    def __str__(self) -> str:
        kind = "a whole number" if isinstance(self.step, int) else "a number"
        if self.low_is:
            return (
                f"{kind} from {self.low + self.step:,} to {self.high:,}, or none for {self.low_is}"
            )
        return f"{kind} from {self.low:,} to {self.high:,}"


class Several(NamedTuple):
    """A setting that is one or more of a few values."""

    label: str
    help: str
    values: tuple

    def allows(self, value: Any) -> bool:
        """Whether `value` is a tuple of some of them, none twice."""
        return (
            isinstance(value, tuple)
            and 0 < len(value) == len(set(value))
            and set(value) <= set(self.values)
        )

    def __str__(self) -> str:
        return "one or more of " + ", ".join(map(str, self.values))


class Text(NamedTuple):
    """A setting that the reader writes. `parse` raises ValueError with a sentence if it cannot."""

    label: str
    help: str
    parse: Callable[[str], Any]
    empty: str = ""  # what stands in the box while nothing is written: what counts then

    def allows(self, value: Any) -> bool:
        """Whether `value` is a text that can be read."""
        try:
            self.parse(value)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return "a text such as the help describes"


class Switch(NamedTuple):
    """A setting that is on or off."""

    label: str
    help: str

    def allows(self, value: Any) -> bool:
        """Whether `value` is True or False."""
        return isinstance(value, bool)

    def __str__(self) -> str:
        return "true or false"


Setting = Choices | Range | Several | Text | Switch


def choices(
    default: Any,
    values: tuple,
    label: str,
    help: str = "",
    stands: str = MORE,
    was: dict[str, Any] | None = None,
    pictured: bool = False,
) -> Any:
    """A field whose value is one of `values`; `was` says how old links spell some of them."""
    return _field(default, Choices(label, help, values, pictured), stands, was)


def between(
    default: float,
    low: float,
    high: float,
    step: float,
    label: str,
    help: str = "",
    stands: str = MORE,
    low_is: str = "",
) -> Any:
    """A field whose value lies in [low, high]; whole numbers if `step` is one.

    `low_is` is what the lowest stands for, if that is no number to the reader.
    """
    return _field(default, Range(label, help, low, high, step, low_is), stands)


def several(default: tuple, values: tuple, label: str, help: str = "", stands: str = MORE) -> Any:
    """A field whose value is a tuple of one or more of `values`."""
    return _field(default, Several(label, help, values), stands)


def text(
    default: str,
    parse: Callable[[str], Any],
    label: str,
    help: str = "",
    stands: str = MORE,
    empty: str = "",
) -> Any:
    """A field whose value is a text that `parse` can read; `empty` says what counts without one."""
    return _field(default, Text(label, help, parse, empty), stands)


def switch(default: bool, label: str, help: str = "", stands: str = MORE) -> Any:
    """A field that is on or off."""
    return _field(default, Switch(label, help), stands)


def _field(default: Any, setting: Setting, stands: str, was: dict[str, Any] | None = None) -> Any:
    return field(default=default, metadata={"setting": setting, "stands": stands, "was": was or {}})


@dataclass(frozen=True)
class Settings:
    """What the settings of every view have in common. Subclasses are frozen dataclasses, too."""

    page: ClassVar[str]

    def __post_init__(self) -> None:
        """ValueError, naming the setting, if a value is not one it allows."""
        for name, setting in self.allowed().items():
            value = getattr(self, name)
            if not setting.allows(value):
                raise ValueError(f"{name}: expected {setting}, got {value!r}")

    @classmethod
    @cache
    def allowed(cls) -> Mapping[str, Setting]:
        """Each field's name and what it allows, in order."""
        return MappingProxyType({f.name: f.metadata["setting"] for f in fields(cls)})

    @classmethod
    def values_of(cls, name: str) -> tuple:
        """The values of a field that is a choice, in order."""
        setting = cls.allowed()[name]
        assert isinstance(setting, Choices)
        return setting.values

    @classmethod
    def standing(cls) -> dict[str, list[str]]:
        """The names of the fields by where their controls stand: ROW, MORE, or a heading."""
        places: dict[str, list[str]] = {}
        for f in fields(cls):
            places.setdefault(f.metadata["stands"], []).append(f.name)
        return places

    @classmethod
    def elsewhere(cls, name: str, stands: str) -> Any:
        """The field of that name for a subclass in which its control stands somewhere else."""
        (moved,) = (f for f in fields(cls) if f.name == name)
        return field(default=moved.default, metadata={**moved.metadata, "stands": stands})

    @classmethod
    def old_words(cls) -> dict[str, dict[str, Any]]:
        """For fields whose values were renamed: how old links spell them, and their new names."""
        return {f.name: f.metadata["was"] for f in fields(cls) if f.metadata["was"]}

    @classmethod
    def key(cls, name: str) -> str:
        """The one word for a field's widget, in tests, and in a link: <page>_<field>."""
        return f"{cls.page}_{name}"

    def idle(self) -> tuple[str, ...]:
        """Settings that change nothing as the others are, and so are not shown."""
        return ()

    def most(self, name: str) -> int | None:
        """The highest whole number that `name` can be as the others are, if they have a say."""
        return None

    def options(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """What the text `name` can be as the others are, and is usually, if these have a say."""
        return None

    def after_moving(self, name: str) -> Self:
        """These settings once the reader has moved `name`: what that overrules gives way."""
        return self

    def settled(self) -> tuple[Self, list[str]]:
        """The same with what does not fit replaced, and a sentence for the reader on each."""
        return self, []


S = TypeVar("S", bound=Settings)


class Preset(NamedTuple, Generic[S]):
    """Settings worth showing, and the point they make, in a sentence; "" if a caption makes it."""

    settings: S
    point: str = ""


def shortened(text: str, most: int = 20) -> str:
    """The beginning of what a reader wrote, to quote it back."""
    return text if len(text) <= most else f"{text[:most]}…"


# Settings that several subjects have.

LEARNING_RATES = (  # from hopeless to beyond all bounds
    *(1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    *(1.0, 3.0, 10.0, 30.0, 100.0, 1000.0, 1e6, 1e9),
)
PENALTIES = (0.0, 1e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1)
STUDY_NOTES = "study notes"  # the start that the study notes' XOR network has
OLD_PENALTIES = {"1e-05": 1e-5}  # as older links spell it


def activation_setting(default: str, stands: str = MORE) -> Any:
    """Which activation the hidden units have."""
    return choices(
        default, tuple(ACTIVATIONS), "Activation", "The bend in each hidden unit.", stands
    )


def start_setting(default: str, help: str, stands: str = MORE) -> Any:
    """Which weights the network begins with: as an initialiser draws them, or the study notes'."""
    values, was = (*INITIALIZERS, STUDY_NOTES), {"notebook_c": STUDY_NOTES}
    return choices(default, values, "Starting weights", help, stands, was)


def initializer_of(start: str) -> str:
    """How nn_core calls such a start."""
    return "notebook_c" if start == STUDY_NOTES else start


def seed_setting(
    help: str = "Another seed draws other starting weights and batches.", stands: str = MORE
) -> Any:
    """The seed of everything that is drawn by chance while a network is made and trained."""
    return between(0, 0, 99, 1, "Seed", help, stands)


def learning_rate_setting(
    default: float, help: str, label: str = "Learning rate", stands: str = MORE
) -> Any:
    """A learning rate, which may be far too small or far too large."""
    return choices(default, LEARNING_RATES, label, help, stands)


def optimizer_setting(stands: str = MORE) -> Any:
    """Which optimizer, plain gradient descent unless said otherwise."""
    return choices("sgd", tuple(OPTIMIZERS), "Optimizer", "How a gradient becomes a step.", stands)


def l1_setting(stands: str = MORE) -> Any:
    """The penalty on the size of weights."""
    return choices(
        0.0,
        PENALTIES,
        "L1",
        "Pulls every weight towards 0 by the same amount; many end there.",
        stands,
        OLD_PENALTIES,
    )


def l2_setting(stands: str = MORE) -> Any:
    """The penalty on the square of weights."""
    return choices(
        0.0,
        PENALTIES,
        "L2",
        "Pulls large weights towards 0 more than small ones.",
        stands,
        OLD_PENALTIES,
    )


def dropout_setting(stands: str = MORE) -> Any:
    """The share of units that training silences."""
    return choices(
        0.0,
        (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
        "Dropout",
        "The share of each hidden layer that is silenced at every step of training.",
        stands,
    )
