"""Captions: what is on screen now, in plain words, with its numbers."""

from collections.abc import Sequence

import numpy as np

from datasets.digits import Digits
from figures.activations import SATURATED, ActivationCurves
from figures.boundaries import BoundaryHistory, BoundaryView
from nn_core import Trainer
from runs.config import MnistConfig
from runs.run import Progress

NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
FLAT = 0.02  # a loss that fell by less than this share over the second half of training


def number(value: float) -> str:
    """Three significant digits, with a real minus sign."""
    return f"{value:.3g}".replace("-", "−")


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
        return shown + " The slope is exactly 0: nothing that goes in here changes what comes out."
    if abs(curves.probe_slope) < SATURATED:
        return shown + (
            f" The curve is nearly flat here. It is *saturated*: a step of 0.1 to the right moves "
            f"the output by about {number(0.1 * curves.probe_slope)}, so learning nearly stops."
        )
    return shown + (
        f" A step of 0.1 to the right moves the output by about {number(0.1 * curves.probe_slope)}: "
        "here the unit can still learn."
    )


def boundary_caption(view: BoundaryView, history: BoundaryHistory, trainer: Trainer) -> str:
    """Whether the network has learned XOR, and if not, in which way."""
    if trainer.diverged_at is not None:
        return (
            f"At step **{trainer.diverged_at:,}** the numbers left what a computer can hold: training "
            f"*diverged*. You see step {view.step:,}. A smaller learning rate is the next thing to try."
        )
    steps, loss = (
        f"After **{view.step:,}** steps",
        f"Loss (how wrong it is): **{number(history.loss[-1])}**.",
    )
    undecided = np.abs(view.outputs - 0.5) < NEAR_HALF
    right = (view.outputs > 0.5) == (view.targets == 1)
    if not undecided.any() and right.all():
        return f"{steps} all four answers are on the right side of ½. {loss}"
    if undecided.any():
        stuck = listed([f"**{value:.4f}**" for value in view.outputs[undecided]])
        count = "one" if undecided.sum() == 1 else ("two", "three", "all four")[undecided.sum() - 2]
        half_way = np.interp(view.step / 2, history.steps, history.loss)
        if half_way - history.loss[-1] < FLAT * half_way:
            return (
                f"{steps} {count} of the answers {'sits' if count == 'one' else 'are stuck'} near ½: "
                f"{stuck}. {loss} The second half of training hardly changed it: this is a *plateau*, "
                "a flat stretch where the slope is too small to lead anywhere soon."
            )
        return (
            f"{steps} {count} of the answers {'is' if count == 'one' else 'are'} still undecided, "
            f"near ½: {stuck}. {loss} The curve is still falling: more steps may settle it."
        )
    return f"{steps} {right.sum()} of 4 answers are on the right side of ½. {loss}"


def home_caption(view: BoundaryView, history: BoundaryHistory) -> str:
    """What the living picture on Home shows."""
    return (
        "Four points, one question: *one or the other, but not both?* A network of seven neurons starts "
        f"out wrong (loss, how wrong it is: **{number(history.loss[0])}**) and corrects itself "
        f"{view.step:,} times, down to **{number(history.loss[-1])}**. Blue means yes, orange means "
        "no, and the dark line is where it changes its mind. Drag the slider to go back in time."
    )


def training_caption(
    progress: Progress, digits: Digits, trained: MnistConfig, chosen: MnistConfig
) -> str:
    """How far a run is, how well it reads by now, and whether the controls have moved on since."""
    read = f"it reads **{progress.history['val_accuracy'][-1]:.1%}** of the test digits right"
    passes = f"{progress.epoch:.1f} of {trained.epochs} epochs (passes over the digits)"
    recipe = f"{trained.hidden} hidden units, learning rate {trained.lr:g}"
    match progress.state:
        case "opening":
            return (
                f"While this page opened, a network with {recipe} saw the {len(digits.x_train):,} "
                f"training digits {progress.epoch:.0f} times: {read}. Press **Start** to watch one "
                f"learn from nothing, for {trained.epochs} epochs (passes over the digits)."
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
        sentence += (
            " The controls have moved since: **Start over** to train with what they say now."
        )
    return sentence
