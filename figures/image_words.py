"""Images, their classes and a network's percentages in words."""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from datasets.digits import TEN
from figures.words import a_class, as_written
from recipes.settings import shortened

ONE = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MANY = (*(f"{name}s" for name in ONE[:6]), "sixes", "sevens", "eights", "nines")
LONGEST = 40  # letters of a class's name in a sentence
FINEST = 3  # digits after the point, at most
MOST_DIGITS = 12  # the same of an epoch


def share(p: float) -> str:
    """A share in percent, a small one with its first digit, a large one with those that tell it
    from all: 0.05%, 93%, 99.98%, <0.001%."""
    for digits in range(FINEST + 1):
        text = f"{100 * p:.{digits}f}"
        told = 100 * p >= 10**-digits if p < 0.5 else float(text) < 100
        if p in (0, 1) or told:
            return f"{text}%"
    return f"<0.{'0' * (FINEST - 1)}1%" if p < 0.5 else f">99.{'9' * FINEST}%"


def part_of(count: int, of: int) -> str:
    """So many of so many, in percent with one digit after the point; halves go up, as browsers do
    it: 34.8%.
    """
    tenths = (2000 * count + of) // (2 * of)
    return f"{tenths // 10}.{tenths % 10}%"


def one_of(classes: Sequence[str], label: int) -> str:
    """One of a class within a sentence: a nine, an eight, Shirt."""
    return as_written(_called(classes, label), LONGEST)


def plain_one(classes: Sequence[str], label: int) -> str:
    """The same as plain text, which is no Markdown."""
    return shortened(_called(classes, label), LONGEST)


def _called(classes: Sequence[str], label: int) -> str:
    if not set(classes) <= set(TEN):
        return a_class(classes, label)
    name = ONE[int(classes[label])]
    return f"an {name}" if name == "eight" else f"a {name}"


def so_many(classes: Sequence[str], label: int, count: int) -> str:
    """So many of a class: 982 fours, 1 four, 1,000 images of Shirt."""
    return _so_many(classes, label, count, as_written)


def plain_so_many(classes: Sequence[str], label: int, count: int) -> str:
    """The same as plain text, which is no Markdown."""
    return _so_many(classes, label, count, shortened)


def _so_many(
    classes: Sequence[str], label: int, count: int, written: Callable[[str, int], str]
) -> str:
    if not set(classes) <= set(TEN):
        images = "image" if count == 1 else "images"
        return f"{count:,} {images} of {written(classes[label], LONGEST)}"
    return f"{count:,} {(ONE if count == 1 else MANY)[int(classes[label])]}"


def epoch_of(epoch: float) -> str:
    """An epoch, so that the moments of a training read differently: 0, 0.0017, 0.33, 45.5, 83.

    At least one digit after the point, or two that count; what is not whole is not written whole.
    Halves go up, as browsers do it (`ui/browser/shared/numbers.js`).
    """
    if epoch == round(epoch):
        return f"{epoch:.0f}"
    digits = max(1, 1 - math.floor(math.log10(epoch)))
    while digits < MOST_DIGITS and _rounded(epoch, digits) % 1 == 0:
        digits += 1
    return str(_rounded(epoch, digits))


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def when(epoch: float, exact: bool) -> str:
    """The moment of a network, and whether its weights are its own: after 83 epochs."""
    text = epoch_of(epoch)
    after = f"after {text} epoch{'' if text == '1' else 's'}"
    return after if exact else f"{after} (each weight rounded to one of 255 values a layer)"
