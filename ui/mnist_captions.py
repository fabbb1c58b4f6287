"""Captions of the MNIST page: what is on screen now, in plain words, with its numbers."""

import numpy as np
from runs.config import MnistConfig

from figures.words import duration, number
from runs.run import Progress, Run
from ui.controls import as_written

UNSURE = 0.6  # an answer less likely than that is no answer
SECOND_THOUGHT = 0.15  # a second digit at least so likely is worth naming


def recording_caption(progress: Progress, recorded: bool = True, point: str = "") -> str:
    """What the page opens on, and how it came to be.

    Once the controls are no longer those of what is `recorded`, what they would train: its
    `point` if they are a preset's.
    """
    what = f"A **recording**: notebook B's network after {progress.epoch:.0f} epochs reads"
    what = f"{what} {_read(progress)}."
    if recorded:
        return (
            f"{what} Draw a digit, or press ▶ to watch its weights form; **Start** trains your own."
        )
    return f"{what} The controls say something else: **Start** trains that. {point}".strip()


def run_caption(progress: Progress, run: Run, chosen: MnistConfig, point: str = "") -> str:
    """How far a run is, how well it reads by now, and whether the controls have moved on since."""
    trained, recipe = run.config, _recipe(run.config)
    passes = f"{progress.epoch:.1f} of {trained.epochs} epochs"
    read = f"At the last count it reads {_read(progress)}"
    match progress.state:
        case "waiting":
            queue = f"Waiting for a free place, number {run.place} in the queue"
            sentence = f"{queue if run.place else 'About to begin'} ({recipe})."
        case "running":
            left = (progress.steps - progress.step) * min(trained.batch, trained.images)
            seconds = left / max(progress.images_per_second, 1)
            sentence = (
                f"Training, {recipe}: {passes}, {progress.images_per_second:,.0f} images a second, "
                f"about {duration(seconds)} left. {read}."
            )
        case "paused":
            steps = "1 step" if progress.step == 1 else f"{progress.step:,} steps"
            sentence = f"Paused after {passes} ({steps}), {recipe}. {read}."
        case "finished":
            why = f" {as_written(progress.stopped, 100)}" if progress.stopped else ""
            sentence = f"Done: {passes}, {recipe}.{why} It reads {_read(progress)}."
        case "diverged":
            sentence = (
                f"After step {progress.step:,} the numbers left what a computer can hold: training "
                f"*diverged* ({recipe}). Start over with a smaller learning rate."
            )
        case _:
            sentence = "This run failed on the server. Start over to train anew."
    if run.trainer is None:
        sentence += (
            f" It learned from {as_written(run.digits)}, which are not here, so it cannot go on."
        )
    if chosen != trained:
        when = (
            "the next run uses"
            if progress.state in ("running", "waiting")
            else "**Start over** uses"
        )
        sentence += f" The controls have moved since: {when} what they say now."
    return " ".join(filter(None, [point, sentence, run.unsaved]))


def answer(probabilities: np.ndarray | None, label: int | None = None) -> str:
    """What the network says to the digit on the paper, in words; `label` is what it is, if known.

    `probabilities` is (10,), or None if there is nothing on the paper.
    """
    if probabilities is None:
        return "Draw a digit: the network says what it reads."
    if not np.isfinite(probabilities).all():
        return "This network's numbers are no longer finite: it cannot say anything."
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    best, other = (f"{_a(d)} ({probabilities[d]:.0%})" for d in (first, second))
    if probabilities[first] < UNSURE:
        said = f"Not sure: {best} or {other}."
    elif probabilities[second] >= SECOND_THOUGHT:
        said = f"{best.capitalize()}, perhaps {other}."
    else:
        said = f"It reads {best}."
    if label is None:
        return said
    return f"{said} Right." if label == first else f"{said} It is {_a(label)}."


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _read(progress: Progress) -> str:
    accuracies = progress.history["val_accuracy"]
    return f"**{accuracies[-1]:.1%}** of the test digits right" if accuracies else "nothing yet"


def _recipe(config: MnistConfig) -> str:
    units = "1 hidden unit" if config.hidden == 1 else f"{config.hidden} hidden units"
    layers = units if config.layers == 1 else f"{config.layers} layers of {units}"
    return f"{layers}, learning rate {number(config.lr)}"
