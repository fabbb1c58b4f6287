"""Captions: what is on screen now, in plain words, with its numbers."""

from collections.abc import Sequence

import numpy as np

from datasets.digits import Digits
from figures.activations import SATURATED, ActivationCurves
from figures.boundaries import BoundaryHistory, BoundaryView
from runs.config import MnistConfig
from runs.run import Progress

NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
FLAT = 0.02  # a loss that fell by less than this share over the second half of training


SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
COUNTS = ("none", "one", "two", "three", "all")


def number(value: float) -> str:
    """Three significant digits; 4.54 × 10⁻⁵ rather than 4.54e-05."""
    digits, _, exponent = f"{value:.3g}".partition("e")
    power = f" × 10{str(int(exponent)).translate(SUPERSCRIPTS)}" if exponent else ""
    return digits.replace("-", "−") + power


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


def boundary_caption(
    view: BoundaryView, history: BoundaryHistory, diverged_at: int | None = None
) -> str:
    """Whether the network has learned XOR, and if not, in which way."""
    if diverged_at is not None:
        return (
            f"At step **{diverged_at:,}** the numbers left what a computer can hold: "
            f"training *diverged*. You see step {view.step:,}. Try a smaller learning rate."
        )
    steps = f"After **{view.step:,}** steps"
    loss = f"Loss (how wrong it is): **{number(history.loss[-1])}**."
    undecided = np.abs(view.outputs - 0.5) < NEAR_HALF
    right = (view.outputs > 0.5) == (view.targets == 1)
    flat = _flat(view, history)
    if not undecided.any():
        hint = " The loss has stopped falling: from here this network gets no further."
        return (
            f"{steps} {COUNTS[right.sum()]} of the four answers "
            f"{'is' if right.sum() == 1 else 'are'} right. {loss}"
            f"{hint if flat and not right.all() else ''}"
        )
    count, are = COUNTS[undecided.sum()], "is" if undecided.sum() == 1 else "are"
    values = listed([f"**{value:.4f}**" for value in view.outputs[undecided]])
    if flat:
        return (
            f"{steps} {count} of the four answers {are} stuck near ½: {values}. {loss} "
            "The second half of training hardly changed it: this is a *plateau*, a stretch so "
            "flat that no step leads far."
        )
    return (
        f"{steps} {count} of the four answers {are} still undecided, "
        f"near ½: {values}. {loss} It is still falling: more steps may settle it."
    )


def _flat(view: BoundaryView, history: BoundaryHistory) -> bool:
    half_way = np.interp(view.step / 2, history.steps, history.loss)
    return bool(half_way - history.loss[-1] < FLAT * half_way)


def home_caption(view: BoundaryView, history: BoundaryHistory) -> str:
    """What the living picture on Home shows."""
    return (
        "*One or the other, but not both?* Five neurons start out wrong (loss, how wrong they are: "
        f"**{number(history.loss[0])}**), correct themselves {view.step:,} times, and end at "
        f"**{number(history.loss[-1])}**. Blue means yes, orange means no."
    )


def training_caption(
    progress: Progress, digits: Digits, trained: MnistConfig, chosen: MnistConfig
) -> str:
    """How far a run is, how well it reads by now, and whether the controls have moved on since."""
    read = f"it reads **{progress.history['val_accuracy'][-1]:.1%}** of the test digits right"
    passes = f"{progress.epoch:.1f} of {trained.epochs} epochs (passes over the digits)"
    units = "1 hidden unit" if trained.hidden == 1 else f"{trained.hidden} hidden units"
    recipe = f"{units}, learning rate {trained.lr:g}"
    match progress.state:
        case "opening":
            return (
                f"While this page opened, a network ({recipe}) saw {len(digits.x_train):,} digits "
                f"{progress.epoch:.2g} times: {read}. **Start** trains one from nothing, "
                f"{trained.epochs} epochs (passes) long."
            )
        case "running":
            seconds = (
                (progress.steps - progress.step)
                * trained.batch
                / max(progress.images_per_second, 1)
            )
            sentence = (
                f"Training, {recipe}: {passes}, {progress.images_per_second:,.0f} images a second, "
                f"about {seconds:.0f} s left. At the last count {read}."
            )
        case "paused":
            sentence = f"Paused after {passes}, {recipe}. At the last count {read}."
        case "finished":
            sentence = f"Done: {passes}, {recipe}. Now {read}."
        case "diverged":
            sentence = (
                f"After step {progress.step:,} the numbers left what a computer can hold: training "
                f"*diverged* ({recipe}). Start over with a smaller learning rate."
            )
        case _:
            sentence = "This run failed on the server. Start over to train anew."
    if chosen != trained:
        sentence += " The controls have moved since: **Start over** uses what they say now."
    return sentence
