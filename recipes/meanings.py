"""Starts and optimizers for whoever does not know them by name: what a start is called in plain
words, and what each does, a line each."""

STARTS = {
    "zeros": "all zero",
    "normal": "1 wide",
    "normal × 0.1": "a tenth wide",
    "normal × 0.01": "a hundredth wide",
    "glorot_uniform": "sized for tanh, even",
    "glorot_normal": "sized for tanh, bell",
    "he_uniform": "sized for ReLU, even",
    "he_normal": "sized for ReLU, bell",
    "lecun_normal": "sized by inputs, bell",
}
MEANINGS = {
    "zeros": "Every weight starts at 0, so the units of a layer stay copies of each other.",
    "normal": "From a bell curve that is 1 wide, however many inputs a unit has.",
    "normal × 0.1": "From a bell curve that is a tenth wide: close to 0.",
    "normal × 0.01": "From a bell curve that is a hundredth wide: all very close to 0.",
    "glorot_uniform": "The smaller, the more inputs and outputs a layer has, evenly between two "
    "bounds: for sigmoid and tanh.",
    "glorot_normal": "The smaller, the more inputs and outputs a layer has, from a bell curve: for "
    "sigmoid and tanh.",
    "he_uniform": "The smaller, the more inputs a unit has, evenly between two bounds: large "
    "enough for ReLU, which answers 0 to about half.",
    "he_normal": "The smaller, the more inputs a unit has, from a bell curve: large enough for "
    "ReLU, which answers 0 to about half.",
    "lecun_normal": "The smaller, the more inputs a unit has, from a bell curve: a unit's sum is "
    "about as large as its inputs.",
    "study notes": "The very weights and biases that the study notes begin with, whatever the "
    "seed.",
    "sgd": "Each step goes straight downhill: learning rate times gradient.",
    "momentum": "Each step also keeps nine tenths of the one before, like a ball that rolls on.",
    "nesterov": "Momentum that looks ahead to where it rolls, and so brakes earlier.",
    "rmsprop": "Each weight's step is measured by its own latest gradients: flat and steep ones "
    "move about as far.",
    "adam": "Momentum and rmsprop in one: it rolls on, and each weight has a step of its own size.",
}


def in_plain_words(value: str) -> str:
    """A start in plain words; anything else, and what is plain already, as it is."""
    return STARTS.get(value, value)


def briefly(value: str) -> str:
    """The same where there is little room: “for ReLU, bell”."""
    return in_plain_words(value).removeprefix("sized ")


def with_its_name(value: str) -> str:
    """The same, and behind it what the field calls it: “all zero (zeros)”."""
    plain = in_plain_words(value)
    return value if plain == value else f"{plain} ({value})"


def plain_names(values: tuple) -> dict[str, str]:
    """How a menu of these writes each of them; empty where their own names are plain words."""
    known = STARTS.keys() & set(values)
    return {value: with_its_name(value) for value in values} if known else {}


def meaning(values: tuple, chosen: object) -> str:
    """What the chosen one of some values does; "" where they are words that need no line."""
    return MEANINGS[str(chosen)] if all(value in MEANINGS for value in values) else ""
