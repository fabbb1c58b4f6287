"""What a TensorFlow Playground address says, word by word, and what of it cannot be read.

Names, values and defaults are those of Playground's source: state.ts says how an address is read
and written.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from datasets.plane import FEATURES
from recipes.boundaries import MOST_LAYERS, MOST_UNITS, BoundariesSettings
from recipes.settings import Choices, Range, plain, shortened, spoken

LONGEST = 4000  # characters: Playground's own links have some 500
FORM = "expected one such as playground.tensorflow.org/#dataset=xor&networkShape=4,2"

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "identity"}
REGULARIZATIONS = {"none": "", "L1": "l1", "L2": "l2"}
CLASSES = {"circle": "circles", "xor": "xor", "gauss": "gaussians", "spiral": "spiral"}
NUMBERS = {"reg-plane": "slope", "reg-gauss": "hills"}
PROBLEMS = {"classification": CLASSES, "regression": NUMBERS}
INPUTS = dict(
    zip(("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"), FEATURES, strict=True)
)
GONE = ("cosX", "cosY")  # inputs that its links still name and its page has no more

WORDS: dict[str, Mapping[str, Any]] = {
    "activation": ACTIVATIONS,
    "regularization": REGULARIZATIONS,
    "problem": PROBLEMS,
}
WORDS |= {"dataset": CLASSES, "regDataset": NUMBERS}
AMOUNTS = {  # Playground's defaults
    "batchSize": 10.0,
    "learningRate": 0.03,
    "regularizationRate": 0.0,
    "noise": 0.0,
    "percTrainData": 50.0,
}
ON = {name: name in ("x", "y") for name in (*INPUTS, *GONE)}
ON |= dict.fromkeys(("discretize", "collectStats", "initZero", "hideText", "showTestData"), False)
USUAL = {
    "activation": "tanh",
    "regularization": "none",
    "problem": "classification",
    "dataset": "circle",
    "regDataset": "reg-plane",
    "networkShape": "4,2",
    "seed": "",
    "tutorial": "",
}
HIDE = "_hide"
MATTERS = {  # what makes the experiment, and what it is called in a sentence
    "problem": "the problem",
    "activation": "the activation",
    "batchSize": "the batch size",
    "learningRate": "the learning rate",
    "noise": "noise",
    "networkShape": "the layers",
    "percTrainData": "the training share",
    "x": "its inputs",
}


def parts_of(address: str) -> dict[str, str]:
    """What an address says, by name. ValueError if it is none of Playground's."""
    if len(address) > LONGEST:
        raise ValueError(
            f"The link has {len(address):,} characters, and one from TensorFlow Playground some "
            f"500: {FORM}."
        )
    whole = re.sub(r"\s|^[<\"'“]+|[>\"'”]+$", "", address.replace("&amp;", "&"))
    before, mark, after = whole.partition("#")
    if not mark and "=" in before and "?" not in before:
        after = before
    if not after and "playground.tensorflow.org" in before:
        return {}
    said = {}
    for part in filter(None, after.split("&")):
        name, _, value = part.partition("=")
        said[unquote(name)] = unquote(value)
    if not any(_known(name) for name in said):
        raise ValueError(f"“{shortened(whole, 40)}” is not a TensorFlow Playground link: {FORM}.")
    return said


def _known(name: str) -> bool:
    return name in {*USUAL, *AMOUNTS, *ON} or name.endswith(HIDE)


class Address:
    """Reads the parts one by one, and keeps a sentence on each that it cannot take."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self.said = said
        self.wrong: list[str] = []
        self.missing: list[str] = []

    def text(self, name: str) -> str:
        """What it says, or what Playground has where it says nothing."""
        return self.said.get(name, "").strip() or USUAL[name]

    def word(self, name: str) -> str:
        """One of the words that Playground knows there."""
        word = self.text(name)
        if word in WORDS[name]:
            return word
        return self._unread(name, f"one of {', '.join(WORDS[name])}", USUAL[name])

    def amount(self, name: str) -> float:
        """A finite number."""
        text = self.said.get(name, "").strip()
        if not text:
            return AMOUNTS[name]
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        self._unread(name, "a number", plain(AMOUNTS[name]))
        return AMOUNTS[name]

    def on(self, name: str) -> bool:
        """A switch: as Playground reads it, all but “false” is on."""
        text = self.said.get(name, "").strip()
        return text != "false" if text else ON.get(name, False)

    def hidden(self) -> list[str]:
        """What the link hides of Playground's page."""
        names = [name.removesuffix(HIDE) for name in self.said if name.endswith(HIDE)]
        return [name for name in names if self.said[name + HIDE] == "true"]

    def inputs(self) -> tuple[str, ...]:
        """The features that are on. One that is hidden is off: so Playground has it."""
        hidden = self.hidden()
        names = tuple(f for name, f in INPUTS.items() if self.on(name) and name not in hidden)
        if not names:
            self.wrong.append("The link switches every input off, so they are x₁ and x₂.")
        return names or BoundariesSettings.inputs

    def layers(self) -> dict[str, Any]:
        """The hidden layers as our settings have them: the sliders', if all are of one size."""
        text = self.said.get("networkShape", USUAL["networkShape"]).strip()
        written = text.split(",") if text else []
        if not all(re.fullmatch(r"[0-9]{1,9}", units) and int(units) for units in written):
            self._unread("networkShape", "units for each layer, as in 4,2", USUAL["networkShape"])
            written = USUAL["networkShape"].split(",")
        units = [int(units) for units in written]
        if len(units) > MOST_LAYERS:
            self.missing.append(
                f"It has {len(units):,} hidden layers; here there are {MOST_LAYERS} at most."
            )
        if max(units, default=0) > MOST_UNITS:
            self.missing.append(
                f"It has a layer of {max(units):,} units; here a layer has {MOST_UNITS} at most."
            )
        units = [min(count, MOST_UNITS) for count in units[:MOST_LAYERS]]
        if len(set(units)) > 1:
            return {"layers": len(units), "widths": ", ".join(map(str, units))}
        return {"layers": len(units), "hidden": units[0]} if units else {"layers": 0}

    def nearest(self, name: str, theirs: float, hundredths: bool = False) -> Any:
        """The value of our setting that is nearest to Playground's, on a log scale."""
        setting, value = BoundariesSettings.allowed()[name], theirs / (100 if hundredths else 1)
        assert isinstance(setting, Choices)

        def far(ours: float) -> float:
            both = ours > 0 and value > 0
            return abs(math.log(ours / value)) if both else abs(ours - value)

        found = min((ours for ours in setting.values if ours or not value > 0), key=far)
        if not math.isclose(found, value, abs_tol=1e-12):
            self._beside(setting, plain(theirs), plain(found))
        return found

    def share(self, percent: float) -> int:
        """The training share that is nearest, in percent."""
        setting = BoundariesSettings.allowed()["train"]
        assert isinstance(setting, Range)
        steps = round((percent - setting.low) / setting.step)
        found = int(min(setting.high, max(setting.low, setting.low + steps * setting.step)))
        if found != percent:
            self._beside(setting, plain(percent), plain(found))
        return found

    def _beside(self, setting: Choices | Range, theirs: str, ours: str) -> None:
        label = spoken(setting.label.removesuffix(" (%)"))
        self.missing.append(f"Its {label} of {shortened(theirs)} is not to be had here: {ours} is.")

    def _unread(self, name: str, expected: str, used: str) -> str:
        self.wrong.append(
            f"The link has “{shortened(self.said[name])}” for {name}: expected {expected}, so it "
            f"is {used}."
        )
        return used

    def complaints(self) -> list[str]:
        """All that is wrong with it."""
        strange = [name for name in self.said if not _known(name)]
        sentences = list(self.wrong)
        if strange:
            names = named([f"“{shortened(name)}”" for name in strange])
            are = "is no setting" if len(strange) == 1 else "are no settings"
            sentences.append(f"In the link {names} {are} of Playground’s.")
        if not self.said:
            return ["The link says nothing after a #, so this is what Playground opens on."]
        left_out = [words for name, words in MATTERS.items() if name not in self.said]
        data = "regDataset" if self.said.get("problem") == "regression" else "dataset"
        left_out += ["the data"] * (data not in self.said)
        if left_out:
            sentences.append(
                f"The link says nothing of {named(left_out)}; there it is as Playground opens."
            )
        return sentences


def named(names: Iterable[str]) -> str:
    """Two of them, and how many more there are."""
    first, *others = names
    if len(others) <= 1:
        return " and ".join([first, *others])
    return f"{first}, {others[0]} and {len(others) - 1} more"
