"""How much of an error at the end is heard further down, in words that a child can say."""

from figures.words import number

NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
LARGEST = 1e15  # a denominator beyond that has no name anybody knows


def heard(first: float, last: float) -> str:
    """What the first layer hears, as a share of what the last one does: "**27%** of what"."""
    if last == 0 or first == 0:
        return "**nothing** of what" if last else "**as little** as"
    share = first / last
    if share == 1:
        return "**as much** as"
    if number(share) == "1":
        return "**about as much** as"
    return f"**{number(share)} times** what" if share >= 1 else f"**{part(share)}** of what"


def part(share: float) -> str:
    """A share below 1 with two digits: 27%, one part in 130, one part in 3 trillion."""
    if share >= 0.01:
        return f"{number(100 * share, 2)}%"
    parts = float(f"{1 / share:.2g}")
    if parts >= LARGEST:
        return f"one part in {number(parts, 2)}"
    for size, name in NAMES:
        if parts >= size:
            return f"one part in {number(parts / size, 3)} {name}"
    return f"one part in {parts:,.0f}"
