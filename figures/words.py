"""Numbers and phrases as a reader meets them: a real minus, powers of ten written out."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from datasets.digits import TEN
from recipes.settings import shortened

LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED_POWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
STARTING_WEIGHTS = (
    "Starting weights are drawn by lot, the smaller, the more inputs and outputs a layer has: "
    "*sized for tanh* (glorot) fits sigmoid, too, *sized for ReLU* (he) lets twice as much "
    "through, for ReLU answers 0 to every second input, *sized by inputs* (lecun) counts the "
    "inputs alone. *even* (uniform) draws evenly between two bounds, *bell* (normal) from a bell "
    "curve; *1 wide* (normal by itself) is so whatever the layer, *all zero* (zeros) makes every "
    "weight 0."
)
FOUR_DIGITS = 10_000
LONG = 1e15  # a number that nobody writes out
EXACT = 8  # digits after the point, as the study notes print


class Said(NamedTuple):
    """Words of a caption that moves with a film, and the step from which on they are true."""

    since: int
    words: str


def number(value: float, digits: int = 3) -> str:
    """So many significant digits, trailing zeros dropped: 0.25, 4.54 × 10⁻⁵."""
    return _spelled(f"{value + 0.0:.{digits}g}")  # 0 has no sign


def adding_up(parts: Sequence[float], digits: int = 2) -> list[str]:
    """Parts of a sum and, last, the sum, all with as many digits after the point, so many at least:
    as many as it takes to add up as they are written. 1.53, 0.22, 1.75.
    """
    total = sum(parts)
    largest = max(map(abs, parts))
    if 0 < largest < 1:
        digits -= math.floor(math.log10(largest))
    for more in range(digits, digits + EXACT):
        texts = [f"{round(value, more) + 0.0:.{more}f}" for value in (*parts, total)]
        *those, comes = map(float, texts)
        if not math.isfinite(total) or round(sum(those) - comes, more) == 0:
            break
    return [_spelled(text) for text in texts]


def in_full(value: float) -> str:
    """As people write it, without powers of ten unless it is very long: 1999, 376,500.25."""
    if not 100 <= abs(value) < LONG:
        return number(value, 4)
    apart = "," if abs(value) >= FOUR_DIGITS else ""  # a year has none
    return f"{value:{apart}.2f}".rstrip("0").rstrip(".").replace("-", "−")


def not_whole(value: float, digits: int = 3) -> str:
    """The same, with more digits where what is not whole would be written whole: 99.995."""
    for more in range(digits, 2 * EXACT):
        if equals(round(value), text := number(value, more)) == "≈" or value == round(value):
            break
    return text


def written(value: float, digits: int = 4) -> str:
    """As a drawing has it, always of one length: so many significant digits, whole ones short."""
    value = float(value) + 0.0  # 0 has no sign
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if value == round(value) and size < 1e5:
        return _spelled(f"{value:.0f}")
    if size < 1e-4 or size >= 1e6:
        return _spelled(f"{value:.{digits - 1}e}")
    return _spelled(f"{value:.0f}" if size >= 10 ** (digits - 1) else f"{value:#.{digits}g}")


def exact(value: float, digits: int = EXACT) -> str:
    """So many digits after the point, as the study notes print it; short if it is whole.

    Very small and very large ones in powers of ten.
    """
    value = float(value) + 0.0  # 0 has no sign
    if value == round(value) and abs(value) < 1e5:
        return _spelled(f"{value:.0f}")
    if abs(value) >= 1e5 or abs(value) < 10.0 ** (2 - digits):
        return _spelled(f"{value:.{max(digits - 4, 2)}e}")
    return _spelled(f"{value:.{digits}f}")


def equals(value: float, text: str) -> str:
    """“=” before a number as it is written, “≈” if that is rounded."""
    try:
        said = float(text.replace("−", "-").replace(" × 10", "e").translate(_LOWERED_POWER))
    except ValueError:  # ∞
        return "="
    return "=" if math.isclose(said, value, rel_tol=1e-12) else "≈"


def result(value: float, say: Callable[[float], str]) -> str:
    """A result as a walk marks it: “= {0.25}”, or “≈ {0.1556}” if that is rounded."""
    text = say(value)
    return f"{equals(value, text)} {{{text}}}"


def bracketed(text: str) -> str:
    """A number as a factor of a product: in brackets if it has a sign or a power of its own."""
    return f"({text})" if text.startswith("−") or "×" in text else text


def duration(seconds: float) -> str:
    """A time to wait, in the unit that a person would use: 9 s, 3 min, 2 h, 4 days."""
    for unit, length in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds > 1.5 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _spelled(text: str) -> str:
    """Python's −1.5e-05 as −1.5 × 10⁻⁵."""
    mantissa, _, power = text.partition("e")
    tens = f" × 10{str(int(power)).translate(RAISED)}" if power else ""
    return mantissa.replace("-", "−") + tens


def listed(items: Sequence[str], last: str = "and") -> str:
    """a, b and c; or a, b or c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def ranked(said: Mapping[str, str]) -> str:
    """Names in their order, each with its number: "a **1**, b and c **2** each".

    Of those whose numbers are written alike nobody is said to be first.
    """
    by: dict[str, list[str]] = {}
    for name, text in said.items():
        by.setdefault(text, []).append(name)
    groups = [
        f"{listed(names)} **{text}**{' each' if len(names) > 1 else ''}"
        for text, names in by.items()
    ]
    return listed(groups) if len(by) == len(said) else "; ".join(groups)


def a_digit(digit: int) -> str:
    """A digit as one says it: a 3, an 8."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def a_class(classes: Sequence[str], label: int) -> str:
    """What a label stands for, as one says it: an 8, Shirt."""
    name = classes[label]
    return a_digit(int(name)) if set(classes) <= set(TEN) else name


def as_written(text: str, most: int = 20) -> str:
    """What a reader wrote, shortened; as Markdown it could fetch a picture, so it is none.

    Nor an address that can be clicked, a colour or a sign (:red, :smile:): a word joiner, which
    nobody sees, stands in each.
    """
    plain = re.sub(r"([\\`*_\[\]<>()#!$|~&])", r"\\\1", shortened(text, most))
    return re.sub(r"(?<=:)(?=//|\w)|(?<=www)(?=\.)|(?<=@)", "\u2060", plain, flags=re.IGNORECASE)


def sentences(*parts: str) -> str:
    """Those that are not empty, one after the other."""
    return " ".join(filter(None, parts))


_ADVICE = re.compile(r"\[((?:\\.|[^\\\[\]])*)\]\(#move-([\w-]+)\)")


def advice(words: str, *moves: str) -> str:
    """A sentence that has a reader move something, marked with the names that a link has of it.

    `advised` keeps it where all of that may move. "" stays "".
    """
    return f"[{words}](#move-{'-'.join(moves)})" if words else ""


def advised(text: str, free: Callable[[str], bool] = lambda name: False) -> str:
    """A text with no advice to move what is not free; in a file nothing is."""

    def kept(found: re.Match[str]) -> str:
        return found[1] if all(map(free, found[2].split("-"))) else ""

    return re.sub(r" {2,}", " ", _ADVICE.sub(kept, text)).strip() if "](#move-" in text else text
