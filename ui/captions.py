"""Captions: what is on screen now, in plain words, with its numbers."""

from collections.abc import Sequence

from figures.activations import SATURATED, ActivationCurves

from figures.words import number

NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
FLAT = 0.02  # a loss that fell by less than this share over the second half of training


def listed(items: Sequence[str]) -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def activation_caption(curves: ActivationCurves) -> str:
    """What the probe shows, and what it means for learning."""
    x, f, slope = (number(v) for v in (curves.probe_x, curves.probe_f, curves.probe_slope))
    shown = (
        f"At x = **{x}** the output is **{f}** and the slope (how steep the curve is) **{slope}**."
    )
    if curves.probe_slope == 0:
        return f"{shown} The slope is exactly 0: a small change of the input changes nothing."
    moved = number(0.1 * curves.probe_slope)
    nudge = f"A step of 0.1 to the right moves the output by about {moved}"
    if abs(curves.probe_slope) < SATURATED:
        return (
            f"{shown} The curve is nearly flat here, the unit is *saturated*. {nudge}, so little "
            "that learning nearly stops."
        )
    return f"{shown} {nudge}: here the unit can still learn."
