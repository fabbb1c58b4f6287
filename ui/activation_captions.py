"""What the further views of Activations say about what is on screen."""

import numpy as np

from figures.activations import ActivationCurves
from figures.chain import SIGMOIDS_STEEPEST, Chain
from figures.layers import Flow
from figures.softmax import STEEPEST, Softmax
from figures.words import number
from ui.captions import activation_caption, listed

DYING, EXPLODING = 0.1, 10.0  # times the input's spread
STEADY = 3.0  # times the input's spread, or a third of it: about the same


def curves_caption(several: list[ActivationCurves]) -> str:
    """Of one function the probe's story; of several their values and slopes side by side."""
    if len(several) == 1:
        return activation_caption(several[0])
    x = number(several[0].probe_x)
    parts = [
        f"{c.name} gives **{number(c.probe_f)}** with slope **{number(c.probe_slope)}**"
        for c in several
    ]
    return f"At x = **{x}** {listed(parts)}: {_through(several)}."


def _through(several: list[ActivationCurves]) -> str:
    """Which of several lets the largest share of an error back to the weights before it."""
    slopes = np.abs([c.probe_slope for c in several])
    leaders = [c.name for c, slope in zip(several, slopes, strict=True) if slope == slopes.max()]
    if slopes.max() == 0:
        return "no error gets back through any of them here"
    if len(leaders) == len(several):
        return "here all let the same share of an error back through"
    lets = "lets" if len(leaders) == 1 else "let"
    others = "the other" if len(several) - len(leaders) == 1 else "the others"
    return f"here {listed(leaders)} {lets} more of an error back through than {others}"


def chain_caption(chains: list[Chain], weight: float, briefly: bool = False) -> str:
    """How much of an error arrives at the chain's far end, against sigmoid's ceiling."""
    depth = len(chains[0].slopes)
    parts = []
    for one in chains:
        slopes, weighted = one.slopes[-1], one.weighted[-1]
        if slopes == 0:
            parts.append(f"{one.name} **nothing** (a slope on the way is exactly 0)")
        else:
            parts.append(f"{one.name} **{number(slopes)}** ({number(weighted)})")
    layers = "1 layer" if depth == 1 else f"{depth} layers"
    said = (
        f"Of an error of 1, this much arrives {layers} further down by slopes alone (in brackets "
        f"with weights of {number(weight)}): {listed(parts)}."
    )
    ceiling = number(SIGMOIDS_STEEPEST**depth)
    return said if briefly else f"{said} Sigmoid's slopes let through at most 0.25ⁿ = {ceiling}."


def layers_caption(seen: Flow, init: str, briefly: bool = False) -> str:
    """Whether the signal dies, explodes or stays, and how many units are dead."""
    spread, silent = seen.spread[init], seen.silent[init]
    ratio = spread[-1] / spread[0]
    if ratio == 0:
        fate = "Nothing comes out: the signal is **dead**"
    elif ratio < DYING:
        fate = "The signal is **dying**"
    elif ratio > EXPLODING:
        fate = "The signal is **exploding**"
    elif ratio < 1 / STEADY:
        fate = "The signal is **fading**"
    elif ratio > STEADY:
        fate = "The signal is **growing**"
    else:
        fate = "The signal stays about **steady**"
    middle = f"from {number(spread[0])} at the input to **{number(spread[-1])}** after ten layers"
    dead = int(silent[-1])
    count = (
        f" In the last layer **{dead}** of 64 units are dead: they answer 0 to all 256 inputs."
        if dead
        else " In the last layer no unit is dead."
    )
    spread_is = "its spread" if briefly else "its spread (how far apart the outputs lie)"
    return f"{fate}: {spread_is} goes {middle} of {seen.name}, weights by {init}.{count}"


def softmax_caption(seen: Softmax, briefly: bool = False) -> str:
    """Which class leads, and what one more point for it would do to all shares."""
    leader = int(np.argmax(seen.p))
    own = number(seen.jacobian[leader, leader])
    ties = np.isclose(seen.p, seen.p[leader]).sum() > 1
    lead = "The highest score is shared" if ties else f"Class {leader + 1} leads"
    said = (
        f"{lead} with **{number(100 * seen.p[leader])} %**; all shares add up to 1. Raise its "
        f"score by 0.1, and its share grows by about {number(0.1 * seen.jacobian[leader, leader])} "
        f"(slope {own}), and what it gains the others lose"
    )
    if briefly:
        return f"{said}."
    return (
        f"{said}: every row and column of the table on the right adds up to 0. Pale means flat; "
        f"full colour would be a slope of {number(STEEPEST / seen.temperature)}, the steepest at "
        "this temperature."
    )
