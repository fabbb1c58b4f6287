"""The race on batches of handwritten digits: trained here, drawn, and said."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from datasets.digits import Digits, as_numbers
from figures.axes import log_axis
from figures.labels import label_ends
from figures.playing import playing, with_dots
from figures.theme import CATEGORICAL, TEMPLATE
from figures.unchecked import figure_of
from figures.words import Said, listed, number, ranked
from nn_core import OPTIMIZERS, SoftmaxCrossEntropy, Trainer, mlp

DIGITS, BATCH, STEPS, HIDDEN = 10_000, 100, 200, 32
SMOOTH = 10  # batches that a curve of batch losses is averaged over


class DigitRace(NamedTuple):
    """Batch losses of several optimizers on the same batches, averaged over ten."""

    digits: str  # what the digits are called that they read; "" while nobody knows yet
    step: np.ndarray  # (points,) the last of the ten steps
    loss: dict[str, np.ndarray]  # (points,) by optimizer; shorter if it diverged
    accuracy: dict[str, float]  # on the test digits, at the end
    total: int  # steps in the whole race


def not_begun(digits: str = "") -> DigitRace:
    """A race before anybody has started."""
    return DigitRace(digits, np.arange(SMOOTH, STEPS + 1, SMOOTH), {}, {}, STEPS)


def digit_race(
    activation: str, seed: int, rates: Mapping[str, float], digits: Digits
) -> dict[str, Trainer]:
    """All optimizers on the same batches of digits, from the same start; not yet trained."""
    x, t = as_numbers(digits.x_train[:DIGITS]), digits.t_train[:DIGITS]
    sizes = [x.shape[1], HIDDEN, 10]
    return {
        name: Trainer(
            mlp(sizes, activation, "glorot_uniform", seed, np.float32),
            SoftmaxCrossEntropy(),
            OPTIMIZERS[name](rate),
            x,
            t,
            BATCH,
            seed,
            record_at=(),
            keep_batch_loss=True,
        )
        for name, rate in rates.items()
    }


def racing(trainers: Mapping[str, Trainer], digits: Digits) -> Iterator[DigitRace]:
    """The race, again each time that one more has reached its end."""
    race, x = not_begun(digits.kind.title), as_numbers(digits.x_test)
    for name, trainer in trainers.items():
        trainer.run(steps=STEPS)
        with np.errstate(all="ignore"):  # a network that diverged answers nonsense
            read = trainer.loss.accuracy(trainer.net.predict(x), digits.t_test)
        race = race._replace(
            loss=race.loss | {name: averaged(trainer.batch_loss)},
            accuracy=race.accuracy | {name: read},
        )
        yield race


def averaged(batch_loss: list[float]) -> np.ndarray:
    """Means over ten losses each; what is left over is not shown."""
    full = len(batch_loss) // SMOOTH
    return np.array(batch_loss[: full * SMOOTH]).reshape(full, SMOOTH).mean(axis=1)


def digit_race_figure(race: DigitRace) -> go.Figure:
    """Loss by step for every optimizer, its name and its test accuracy at the end of its curve."""
    every = np.concatenate([[], *race.loss.values()])
    axis = log_axis(every, "loss (log scale)")
    traces: list[dict[str, Any]] = []
    names, ends, colours, curves = [], [], [], []
    for (name, loss), colour in zip(race.loss.items(), CATEGORICAL, strict=False):
        traces.append(dict(
            type="scatter", x=race.step[: len(loss)], y=loss, name=name, mode="lines",
            line={"color": colour, "width": 3},
            hovertemplate=f"{name}<br>steps to %{{x}}<br>loss %{{y:.6g}}, mean of {SMOOTH} "
            "batches<extra></extra>",
        ))  # fmt: skip
        if len(loss) and 0 < loss[-1] < np.inf:
            names.append(f"{name} {race.accuracy[name]:.1%}")
            ends.append(np.log10(loss[-1]))
            colours.append(colour)
            curves.append(len(traces) - 1)
    layout = {
        "template": TEMPLATE, "uirevision": "digit_race", "margin": {"r": 150},
        "title": {
            "text": "The same digits in the same order; at the end, how many test digits each "
            "reads right"
        },
        "xaxis": {
            "title": {"text": "step (one batch of 100 digits each)"}, "range": [0, race.total],
        },
        "yaxis": axis,
    }  # fmt: skip
    on_the_way = [traces[curve]["name"] for curve in curves]
    label_ends(layout, 1, names, ends, axis["range"], 0.06, colours, curves, on_the_way)
    if race.loss:
        layout["meta"] |= playing(race.step, with_dots(traces), seconds=5)
    return figure_of(traces, layout)


def on_the_way(race: DigitRace) -> list[Said]:
    """Who is lowest and who highest at each point of the curves but the last."""
    if not race.loss:
        return []
    words = [Said(int(step), _order(race, k)) for k, step in enumerate(race.step)]
    return words[:-1]


def _order(race: DigitRace, k: int) -> str:
    """The losses of the ten batches before a point, lowest first, and who is no longer there."""
    there = {name: loss[k] for name, loss in race.loss.items() if k < len(loss)}
    low = {name: number(there[name]) for name in sorted(there, key=lambda one: there[one])}
    out = [name for name in race.loss if name not in there]
    diverged = f" {listed(out)} diverged." if out else ""
    return (
        f"After {race.step[k]} batches, loss (how wrong it is) over the last {SMOOTH}, lowest "
        f"first: {ranked(low) if low else 'nobody'}.{diverged}"
    )


def said(race: DigitRace) -> str:
    """Who reads how many digits by now."""
    if not race.accuracy:
        return f"The same {race.total} batches of {race.digits or 'digits'} for everyone."
    order = sorted(race.accuracy, key=lambda name: -race.accuracy[name])
    places = ranked({name: f"{race.accuracy[name]:.1%}" for name in order})
    return (
        f"The same {race.total} batches of {race.digits} for everyone. Test digits read right, "
        f"most first: {places}."
    )
