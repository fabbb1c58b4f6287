"""How much of an error at the end reaches the first layer, in words."""

from figures.words import number

READABLE = 1e13  # the largest denominator that is written out


def heard(first: float, last: float) -> str:
    """What the first layer hears, as a share of what the last one does: "1/4,000 of what"."""
    if last == 0 or first == 0:
        return "nothing of what" if last else "as little as"
    ratio = last / first
    if ratio == 1:
        return "as much as"
    if ratio < 1:
        return f"{number(first / last)} times what"
    if ratio < 10:
        return f"{number(100 / ratio)}% of what"
    two = float(f"{ratio:.2g}")
    return f"1/{two:,.0f} of what" if ratio < READABLE else f"1/({number(two)}) of what"
