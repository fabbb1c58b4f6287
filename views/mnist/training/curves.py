"""Training on images: the loss of its batches, and how many images it reads right."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import FIRST, GREY, SECOND, TEMPLATE, TEXT
from figures.words import number
from recipes.overfitting import overfitting
from recipes.reasons import Overfitting
from runs.run import Progress
from views.mnist.training.then import counted_at, earlier_moments, then

SMOOTH = 0.05  # of the curve: what a point of the smoothed curve is the mean of
LOOK = 1.0  # seconds between two looks at a run
POINTS = 400  # a curve of more would be finer than the screen
LEAST = 290  # pixels across: it stands beside the wall and the paper
LOWEST = 320  # and down, on a projector, where the words below it take what they need
RING = 5  # of the traces the one that marks where overfitting begins
# What was added since the last look is drawn on piece by piece, of the losses of batches; soon, for
# all numbers on the page are of this look.
GROW = {"pieces": 4, "seconds": 0.32, "traces": [0, 3]}
FEW = 20  # accuracies: the marks of more of them would hide that a line is dashed
MARGIN = {"t": 34, "b": 44}  # pixels; above is room for a title


TITLE = "How wrong, how right"
THE_RUN_BEFORE = "The run before: how wrong, how right"


class AtAMoment(NamedTuple):
    """What was known of a run after so many epochs: the numbers beside the curves' names."""

    epoch: float
    loss: float | None  # of the batches; None before the first one
    counted: float | None  # the epoch of the last count; None if there is none
    accuracy: float  # on the training images then
    val_accuracy: float  # on the test images
    unseen: float | None  # the loss on the test images, if it was counted
    overfits: bool  # whether by then it was found that overfitting had begun


class TrainingCurves(NamedTuple):
    """Loss of the batches and accuracy at the epochs, both against passes over the data."""

    epoch: np.ndarray  # (points,) where each point of the loss lies
    loss: np.ndarray  # (points,) the mean over `batches` batches
    smooth: np.ndarray  # (points,) the mean of the loss around each point; empty if not asked for
    batches: int
    epochs: np.ndarray  # (rows,) where accuracy was measured
    accuracy: np.ndarray  # (rows,) on the training images, 0 to 1
    val_accuracy: np.ndarray  # (rows,) on the test images
    unseen: np.ndarray  # (rows,) the loss on the test images
    began: float | None  # the epoch at which overfitting began, if it did
    lowest: float  # the loss on the test images there
    span: float  # epochs to show: some more than there are, while the run goes on
    moments: tuple[AtAMoment, ...]  # that the wall can show, the last one last
    things: str = "digits"  # what was read
    surely_unseen: bool = True  # whether it is known that it did not learn from the test images


def training_curves(
    progress: Progress, smoothed: bool = False, things: str = "digits"
) -> TrainingCurves:
    """The curves of a run so far; batches are averaged in equal groups to at most 400 points."""
    batches = max(1, -(-progress.step // POINTS))
    full = progress.step // batches
    loss = progress.batch_loss[: full * batches].reshape(full, batches).mean(axis=1)
    epoch = (np.arange(full) + 0.5) * batches / progress.steps_per_epoch
    history, found = progress.history, overfitting_of(progress)
    earlier = earlier_moments(progress)
    return TrainingCurves(
        epoch,
        loss,
        moving_mean(loss, max(1, round(SMOOTH * full))) if smoothed else loss[:0],
        batches,
        np.array(history["step"]) / progress.steps_per_epoch,
        np.array(history["accuracy"]),
        np.array(history["val_accuracy"]),
        np.array(history.get("val_loss", [])),
        found.step / progress.steps_per_epoch if found else None,
        found.lowest if found else np.nan,
        min(max(2, 1.2 * progress.epoch), progress.steps / progress.steps_per_epoch),
        tuple(_at(p, batches) for p in [*(then(progress, s) for s in earlier), progress]),
        things,
    )


def _at(progress: Progress, batches: int) -> AtAMoment:
    """The numbers of a moment, the loss as the mean over the last full group of `batches`.

    Before the first group is full it is the mean over all that there are.
    """
    history, full = progress.history, progress.step // batches * batches or progress.step
    last = progress.batch_loss[max(0, full - batches) : full]
    unseen = history.get("val_loss", [])
    return AtAMoment(
        progress.epoch,
        float(last.mean()) if last.size else None,
        counted_at(progress),
        history["accuracy"][-1] if history["accuracy"] else np.nan,
        history["val_accuracy"][-1] if history["val_accuracy"] else np.nan,
        unseen[-1] if unseen else None,
        overfitting_of(progress) is not None,
    )


def overfitting_of(progress: Progress) -> Overfitting | None:
    """Where a run began to overfit; None if it did not."""
    return overfitting(progress.history)


def moving_mean(values: np.ndarray, reach: int) -> np.ndarray:
    """The mean of each value and as many neighbours on either side, at most `reach` of them.

    Towards the ends there are ever fewer, so that the first and the last value stay what they are.
    """
    here = np.arange(len(values))
    wide = np.minimum(np.minimum(here, here[::-1]), reach)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    return (sums[here + wide + 1] - sums[here - wide]) / (2 * wide + 1)


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.07)
    panels.update_yaxes(title="loss", rangemode="tozero", row=1)
    panels.update_yaxes(
        title="read right", tickformat=".0%", range=[0, 1.08], tickvals=[0, 0.5, 1], row=2
    )
    panels.update_yaxes(automargin=True)  # a projector's 100% is wide
    panels.update_xaxes(title="epochs (passes)", row=2)
    panels.update_layout(
        template=TEMPLATE,
        title=TITLE,
        uirevision="mnist",
        margin=MARGIN,
        meta={"grow": GROW, "least": LEAST},
    )
    return panels.layout.to_plotly_json()


def training_figure(curves: TrainingCurves, brief: bool = False, before: bool = False) -> go.Figure:
    """Loss above, accuracy on training and test images below, each named; dashed is unseen.

    A ring is where overfitting begins, if it did. Names are shorter if `brief`; they have the
    numbers of the moment that the wall shows, which the browser puts there. The title says if it is
    the run `before` what the controls say.
    """
    loss = {
        "x": curves.epoch.tolist(),
        "y": curves.loss.tolist(),
        "name": "loss",
        "line": {"color": GREY if curves.smooth.size else TEXT, "width": 2},
        "hovertemplate": "epoch %{x:.2f}<br>loss %{y:.6f}"
        f"<br>mean of {curves.batches} batches<extra></extra>",
    }
    smooth = {
        "x": curves.epoch[: curves.smooth.size].tolist(),
        "y": curves.smooth.tolist(),
        "name": "loss, smoothed",
        "line": {"color": TEXT, "width": 3},
        "hovertemplate": "epoch %{x:.2f}<br>smoothed loss %{y:.6f}<extra></extra>",
    }
    rates = [
        {
            "x": curves.epochs,
            "y": values,
            "name": name,
            "mode": "lines+markers" if len(curves.epochs) <= FEW else "lines",
            "line": {"color": colour, "width": 3, "dash": dash},
            "hovertemplate": f"epoch %{{x:g}}<br>{name} %{{y:.4%}}<extra></extra>",
            "xaxis": "x2",
            "yaxis": "y2",
        }
        for name, values, colour, dash in (
            (f"training {curves.things}", curves.accuracy, FIRST, "solid"),
            (f"test {curves.things}", curves.val_accuracy, SECOND, "dash"),
        )
    ]
    unseen = {
        "x": curves.epochs[: curves.unseen.size],
        "y": curves.unseen,
        "name": f"loss on test {curves.things}",
        "line": {"color": SECOND, "width": 3, "dash": "dash"},
        "hovertemplate": f"epoch %{{x:g}}<br>loss on test {curves.things} %{{y:.6f}}"
        "<extra></extra>",
    }
    ring = {
        "x": [] if curves.began is None else [curves.began],
        "y": [] if curves.began is None else [curves.lowest],
        "name": "overfitting begins",
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 13, "color": SECOND, "line": {"width": 3}},
        "hovertemplate": f"lowest loss on test {curves.things}: %{{y:.6f}}"
        "<br>epoch %{x:g}<extra></extra>",
    }
    # Not a range: Plotly would take a new one for news, and a reader's zoom would move with it.
    room = {"autorange": True, "autorangeoptions": {"include": [0, curves.span], "clipmin": 0}}
    panels = _panels()
    layout = panels | {
        "annotations": [*_names(curves.moments[-1], curves, brief), *_beginning(curves)],
        "xaxis": panels["xaxis"] | room,
        "xaxis2": panels["xaxis2"] | room,
    }
    if brief:  # on its side a longer word would be higher than its panel
        layout["yaxis2"] = panels["yaxis2"] | {"title": {"text": "right"}}
    if before:
        layout["title"] = panels["title"] | {"text": THE_RUN_BEFORE}
    layout["meta"] = panels["meta"] | {"moments": _moments(curves, brief)}
    if brief:
        layout["meta"] |= {"lowest": LOWEST}
    traces = [{"type": "scatter"} | trace for trace in (loss, *rates, smooth, unseen, ring)]
    return go.Figure(traces, layout)  # plain dictionaries: they are checked once, here


LINES = {"solid": "─", "dash": "┄"}  # how a line looks, before its name
UNSEEN = " (unseen)"
BEGINS = "overfitting begins"
# By these names the browser knows what stands above a panel, and what beside a point where no curve
# is (ui/browser/chart/heads.js).
HEAD, BESIDE = "above its panel", "beside a point"


def _words(at: AtAMoment, curves: TrainingCurves, brief: bool) -> list[str]:
    """What the four curves are called, each with its number at that moment; dashed is unseen."""
    test = "test" if brief else f"test {curves.things}{UNSEEN if curves.surely_unseen else ''}"
    training, solid, dashed = "training", LINES["solid"], LINES["dash"]
    batches = training if brief else f"{training} batches"
    seen = training if brief else f"{training} {curves.things}"
    loss, unseen = ("" if v is None else f" {number(v)}" for v in (at.loss, at.unseen))
    rates = ("", "") if at.counted is None else (f" {at.accuracy:.1%}", f" {at.val_accuracy:.1%}")
    return [
        f"{solid} {batches}{loss}",
        f"{dashed} {test}{unseen}" if unseen else "",
        f"{solid} {seen}{rates[0]}",
        f"{dashed} {test}{rates[1]}",
    ]


def _names(at: AtAMoment, curves: TrainingCurves, brief: bool) -> list[dict]:
    """The names above the panels; where in their row the browser knows, which has their width."""
    axes, colours = ("", "", "2", "2"), (TEXT, SECOND, FIRST, SECOND)
    return [
        {
            "name": HEAD,
            "x": 0,
            "y": 1,
            "xref": f"x{axis} domain",
            "yref": f"y{axis} domain",
            "text": words,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "borderpad": 0,
            "font": {"color": colour},
        }
        for axis, colour, words in zip(axes, colours, _words(at, curves, brief), strict=True)
    ]


def _moments(curves: TrainingCurves, brief: bool) -> dict:
    """What the browser writes into the chart when the wall shows another moment."""
    return {
        "epochs": [at.epoch for at in curves.moments],
        "words": [_words(at, curves, brief) for at in curves.moments],
        "shown": [at.overfits for at in curves.moments],
        "traces": [RING],  # that are seen only where they are `shown`
    }


def _beginning(curves: TrainingCurves) -> list[dict]:
    """The words at the ring; the browser puts them where no curve is."""
    if curves.began is None:
        return []
    words = {
        "name": BESIDE,
        "x": curves.began,
        "y": curves.lowest,
        "xref": "x",
        "yref": "y",
        "text": BEGINS,
        "ax": 0,
        "ay": -40,
        "arrowhead": 2,
        "arrowcolor": SECOND,
        "font": {"color": SECOND},
    }
    return [words]
