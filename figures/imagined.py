"""A share too small to imagine, as what is left of a length that one can imagine."""

from figures.words import number

HAIR = 5e-5  # metres: a thin one's width, about the least that an eye can see
YARDSTICKS = (  # metres, from short to long
    (1.0, "a metre"),
    (105.0, "a football pitch"),
    (42_195.0, "a marathon"),
    (40_075e3, "the equator"),
    (384_400e3, "the way to the Moon"),
    (149.6e9, "the way to the Sun"),
    (9.461e15, "a light-year"),
    (9.461e20, "the Milky Way"),
    (8.8e26, "the universe that can be seen"),
)
UNITS = ((1.0, "m"), (1e-2, "cm"), (1e-3, "mm"))


def imagined(share: float) -> str:
    """What would be left of the shortest yardstick of which an eye could see it; "" from 1% on."""
    if not 0 < share < 0.01:
        return ""
    for length, name in YARDSTICKS:
        if length * share >= HAIR:
            return (
                f"Were the error as long as {name}, {_length(length * share)} of it would arrive."
            )
    length, name = YARDSTICKS[-1]
    return f"Were the error as long as {name}, less than the width of a hair would arrive."


def _length(metres: float) -> str:
    size, unit = next((pair for pair in UNITS if metres >= pair[0]), UNITS[-1])
    return f"{number(metres / size, 2)} {unit}"
