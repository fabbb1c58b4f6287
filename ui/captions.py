"""Captions: what is on screen now, in plain words, with its numbers."""

from collections.abc import Sequence

import numpy as np

from figures.activations import SATURATED, ActivationCurves
from figures.stage import Outcome
from figures.words import number

NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
FOUR = 4  # points: few enough to speak of each
HARDLY = 0.9  # of the first loss: a loss still above that has hardly moved
FLAT = 0.02  # a loss that fell by less than this share over the second half of training
COUNTS = ("none", "one", "two", "three", "all")


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


def boundary_caption(end: Outcome, point: str = "", finished: bool = True) -> str:
    """What a film came to, or has come to so far if it is not `finished`.

    `point` is what its settings were chosen to show, if they were. Whoever makes a point has
    explained the picture, so only its numbers follow.
    """
    passes = f" ({end.epochs:,.0f} epochs)" if end.epochs < end.step and not point else ""
    when = "At the end, after" if finished else "So far, after"
    after = f"{when} **{end.step:,}** steps{passes},"
    loss = f"Loss (how wrong it is): **{number(end.loss)}**"
    if end.diverged_at is not None:
        return (
            f"{point} At step **{end.diverged_at:,}** the numbers left what a computer can hold: "
            "training *diverged*. Go back in the film to see how. A smaller learning rate helps."
        ).strip()
    if not end.classes:
        seen = "" if end.test_loss is None else f" (at unseen points {number(end.test_loss**0.5)})"
        off = f"its answers are off by about **{number(end.loss**0.5)}**{seen}"
        return f"{point} {after} {off}. {loss}.".strip()
    if len(end.targets) == FOUR and end.test_accuracy is None:
        scores, explained = _four_answers(end)
    else:
        seen = "" if end.test_accuracy is None else f", **{end.test_accuracy:.1%}** of unseen ones"
        scores, explained = f"it gets **{end.accuracy:.1%}** of its points right{seen}.", ""
    if point:
        return f"{point} {after} {scores} Loss: **{number(end.loss)}**."
    tested = "" if end.test_loss is None else f", on unseen points **{number(end.test_loss)}**"
    return f"{after} {scores} {loss}{tested}.{_dead(end)}{explained or _no_further(end)}"


def _four_answers(end: Outcome) -> tuple[str, str]:
    """How many of XOR's four points are right or undecided; and why, if they are undecided."""
    undecided = np.abs(end.answers - 0.5) < NEAR_HALF
    right = (end.answers > 0.5) == (end.targets == 1)
    if not undecided.any():
        is_are = "is" if right.sum() == 1 else "are"
        return f"{COUNTS[right.sum()]} of the four answers {is_are} right.", ""
    count, are = COUNTS[undecided.sum()], "is" if undecided.sum() == 1 else "are"
    values = listed([f"**{value:.4f}**" for value in end.answers[undecided]])
    if _flat(end):
        return f"{count} of the four answers {are} stuck near ½: {values}.", (
            " The second half of training hardly changed it: this is a *plateau*, a stretch so "
            "flat that no step leads far."
        )
    return (
        f"{count} of the four answers {are} still undecided, near ½: {values}.",
        " It is still falling: more steps may settle it.",
    )


def _flat(end: Outcome) -> bool:
    return abs(end.half_way - end.loss) < FLAT * end.half_way


def _no_further(end: Outcome) -> str:
    if end.accuracy == 1 or not _flat(end):
        return ""
    if end.loss > HARDLY * end.first:
        return " In all that time the loss has hardly moved."
    return " The loss has stopped falling."


def _dead(end: Outcome) -> str:
    if not end.dead:
        return ""
    units = "One hidden unit is" if end.dead == 1 else f"{end.dead} hidden units are"
    return f" {units} *dead*: 0 at every point."


def home_caption(end: Outcome) -> str:
    """What the living picture on Home shows."""
    return (
        "*One or the other, but not both?* A few neurons start out wrong (loss, how wrong they "
        f"are: **{number(end.first)}**), correct themselves {end.step:,} times, and end at "
        f"**{number(end.loss)}**. Blue means yes, orange means no; touch anything to open it."
    )
