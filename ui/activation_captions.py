"""What the further views of Activations say about what is on screen."""

import numpy as np

from figures.activations import ActivationCurves
from figures.chain import SIGMOIDS_STEEPEST, Chain
from figures.layers import Flow
from figures.numbers import number
from figures.softmax import Softmax
from ui.captions import activation_caption, listed

DYING, EXPLODING = 0.1, 10.0  # times the input's spread


def curves_caption(several: list[ActivationCurves]) -> str:
    """Of one function the probe's story; of several their values and slopes side by side."""
    if len(several) == 1:
        return activation_caption(several[0])
    x = number(several[0].probe_x)
    parts = [
        f"{c.name} gives **{number(c.probe_f)}** with slope **{number(c.probe_slope)}**"
        for c in several
    ]
    steepest = max(several, key=lambda c: abs(c.probe_slope)).name
    return f"At x = **{x}** {listed(parts)}: here {steepest} lets most of an error through."


def chain_caption(chains: list[Chain], weight: float) -> str:
    """How much of an error arrives at the chain's far end, against sigmoid's ceiling."""
    depth = len(chains[0].slopes)
    parts = []
    for one in chains:
        slopes, weighted = one.slopes[-1], one.weighted[-1]
        if slopes == 0:
            parts.append(f"{one.name} **nothing** (a slope on the way is exactly 0)")
        else:
            parts.append(
                f"{one.name} **{number(slopes)}** (with the weights **{number(weighted)}**)"
            )
    layers = "1 layer" if depth == 1 else f"{depth} layers"
    return (
        f"Of an error of 1, this much arrives {layers} further down by slopes alone: "
        f"{listed(parts)}. Sigmoid's slopes never let through more than 0.25ⁿ = "
        f"{number(SIGMOIDS_STEEPEST**depth)}; weights (here {number(weight)}) multiply in too."
    )


def layers_caption(seen: Flow, init: str) -> str:
    """Whether the signal dies, explodes or stays, and how many units are dead."""
    spread, silent = seen.spread[init], seen.silent[init]
    ratio = spread[-1] / spread[0]
    if ratio == 0:
        fate = "Nothing comes out: the signal is **dead**"
    elif ratio < DYING:
        fate = "The signal is **dying**"
    elif ratio > EXPLODING:
        fate = "The signal is **exploding**"
    else:
        fate = "The signal stays **steady**"
    middle = f"from {number(spread[0])} at the input to **{number(spread[-1])}** after ten layers"
    dead = int(silent[-1])
    count = (
        f" In the last layer **{dead}** of 64 units are dead: they answer 0 to all 256 inputs."
        if dead
        else " In the last layer no unit is dead."
    )
    return f"{fate}: its spread goes {middle} of {seen.function}, weights by {init}.{count}"


def softmax_caption(seen: Softmax) -> str:
    """Which class leads, and what one more point for it would do to all shares."""
    leader = int(np.argmax(seen.p))
    own = number(seen.jacobian[leader, leader])
    ties = np.isclose(seen.p, seen.p[leader]).sum() > 1
    lead = "The highest score is shared" if ties else f"Class {leader + 1} leads"
    return (
        f"{lead} with **{number(100 * seen.p[leader])} %**; all shares add up to 1. Raise its "
        f"score by 0.1, and its share grows by about {number(0.1 * seen.jacobian[leader, leader])} "
        f"(slope {own}), and what it gains the others lose: every row and column of the table on "
        "the right adds up to 0."
    )
