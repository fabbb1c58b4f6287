"""Training on images: the loss of its batches, and how many images it reads right."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.free import Box, free_box
from figures.theme import BACKGROUND, FIRST, GREY, SECOND, TEMPLATE, TEXT
from figures.words import number
from recipes.overfitting import Overfitting, overfitting
from runs.run import Progress

SMOOTH = 0.05  # of the curve: what a point of the smoothed curve is the mean of
LOOK = 0.5  # seconds between two looks at a run; in between its curves are drawn on piece by piece
POINTS = 400  # a curve of more would be finer than the screen
LEAST = 340  # pixels across: it stands beside the wall and the paper
LOWEST = 320  # and down, on a projector, where the words below it take what they need
FEW = 20  # accuracies: the marks of more of them would hide that a line is dashed
MARGIN = {"t": 34, "b": 44}  # pixels


class Letters(NamedTuple):
    """How large what is written in a panel is, in shares of a small panel."""

    width: float
    height: float


ON_A_PAGE, ON_A_PROJECTOR = Letters(6.5 / 270, 0.11), Letters(10.5 / 250, 0.2)


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
    things: str = "digits"  # what was read


def training_curves(
    progress: Progress, smoothed: bool = False, things: str = "digits"
) -> TrainingCurves:
    """The curves of a run so far; batches are averaged in equal groups to at most 400 points."""
    batches = max(1, -(-progress.step // POINTS))
    full = progress.step // batches
    loss = progress.batch_loss[: full * batches].reshape(full, batches).mean(axis=1)
    epoch = (np.arange(full) + 0.5) * batches / progress.steps_per_epoch
    history, found = progress.history, overfitting_of(progress)
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
        things,
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
        title="How wrong, how right",
        uirevision="mnist",
        margin=MARGIN,
        meta={"moments": True, "grow": {"pieces": 5, "seconds": LOOK}, "least": LEAST},
    )
    return panels.layout.to_plotly_json()


def training_figure(curves: TrainingCurves, brief: bool = False) -> go.Figure:
    """Loss above, accuracy on training and test images below, each named; dashed is unseen.

    A ring is where overfitting begins, if it did. Names are shorter if `brief`.
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
        "annotations": [*_in_the_loss(curves, brief), *_names(rates, curves, brief)],
        "xaxis": panels["xaxis"] | room,
        "xaxis2": panels["xaxis2"] | room,
    }
    if brief:
        layout["meta"] = panels["meta"] | {"lowest": LOWEST}
    traces = [{"type": "scatter"} | trace for trace in (loss, *rates, smooth, unseen, ring)]
    return go.Figure(traces, layout)  # plain dictionaries: they are checked once, here


LINES = {"solid": "─", "dash": "┄"}  # how a line looks, before its name
UNSEEN = " (unseen)"
ABOVE, BELOW = 1.08, 1.06  # how far the panels go, of all accuracies and of the highest loss
BEGINS = "overfitting begins"


def _names(rates: list[dict], curves: TrainingCurves, brief: bool) -> list[dict]:
    """Each accuracy's name and last value, at the right, where no curve is.

    At the curve itself they would lie on each other, and early in a run on the axis.
    """
    if not curves.epochs.size:
        return []
    drawn = [_in_panel(curves, curves.epochs, rate["y"], ABOVE) for rate in rates]
    texts = [
        f"{LINES[rate['line']['dash']]} {_short(rate['name'], brief)} {rate['y'][-1]:.1%}"
        for rate in rates
    ]
    boxes = _placed(texts, drawn, curves.val_accuracy[-1] > 0.5, brief)
    return [
        _name("2", box, text, rate["line"]["color"])
        for box, text, rate in zip(boxes, texts, rates, strict=True)
    ]


def _short(name: str, brief: bool) -> str:
    """The name of an accuracy, on a projector its first word."""
    return name.split()[0] if brief else name + (UNSEEN if name.startswith("test") else "")


def _in_the_loss(curves: TrainingCurves, brief: bool) -> list[dict]:
    """The losses' names and last values, where no curve is, and where overfitting begins."""
    if not curves.loss.size or not curves.unseen.size:
        return []
    highest = max(curves.loss.max(), curves.unseen.max())
    if not np.isfinite(highest) or highest <= 0:
        return []
    drawn = [
        _in_panel(curves, curves.epoch, curves.loss, BELOW * highest),
        _in_panel(curves, curves.epochs[: curves.unseen.size], curves.unseen, BELOW * highest),
    ]
    learned = max(curves.loss[-1], curves.unseen[-1]) < 0.5 * highest
    batches, test = (_short(name, brief) for name in ("training batches", f"test {curves.things}"))
    texts = [
        f"{LINES['solid']} {batches} {number(curves.loss[-1])}",
        f"{LINES['dash']} {test} {number(curves.unseen[-1])}",
    ]
    ring, words = _beginning(curves, drawn, BELOW * highest, brief)
    boxes = _placed(texts, drawn, not learned, brief, words)
    names = [
        _name("", box, text, colour)
        for box, text, colour in zip(boxes, texts, (TEXT, SECOND), strict=True)
    ]
    return [*names, *ring]


def _in_panel(
    curves: TrainingCurves, x: np.ndarray, y: np.ndarray, top: float
) -> tuple[np.ndarray, np.ndarray]:
    """A curve in shares of its panel."""
    return np.asarray(x) / curves.span, np.asarray(y) / top


def _placed(
    texts: list[str],
    drawn: list[tuple[np.ndarray, np.ndarray]],
    low: bool,
    brief: bool,
    taken: Sequence[Box] = (),
) -> list[Box]:
    """Where names go, below each other if it can be, at the foot of the panel or at its top."""
    letters, boxes = ON_A_PROJECTOR if brief else ON_A_PAGE, list[Box]()
    first = (len(texts) - 1) * letters.height if low else 1 - letters.height
    for k, text in enumerate(texts):
        width, wanted = len(text) * letters.width, (0, first - k * letters.height)
        boxes.append(free_box(width, letters.height, drawn, [*taken, *boxes], wanted))
    return boxes


def _name(axis: str, box: Box, text: str, colour: str) -> dict:
    return {
        "x": 1,
        "y": box.bottom,
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "text": text,
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "bgcolor": BACKGROUND,  # no line of the grid runs through it
        "borderpad": 0,
        "font": {"color": colour},
    }


def _beginning(
    curves: TrainingCurves, drawn: list[tuple[np.ndarray, np.ndarray]], top: float, brief: bool
) -> tuple[list[dict], list[Box]]:
    """The words at the ring, as near to it as a place is free, and where that is."""
    if curves.began is None:
        return [], []
    letters, ring = ON_A_PROJECTOR if brief else ON_A_PAGE, curves.began / curves.span
    width = len(BEGINS) * letters.width
    lefts = np.linspace(0.1, max(0.1, 1 - width), 30).tolist()  # an arrow has a length
    near = ring - width / 2, curves.lowest / top + letters.height
    box = free_box(width, letters.height, drawn, [], near, lefts)
    words = {
        "x": curves.began,
        "y": curves.lowest,
        "xref": "x",
        "yref": "y",
        "text": BEGINS,
        "axref": "x",
        "ayref": "y",
        "ax": (box.left + box.width / 2) * curves.span,
        "ay": (box.bottom + box.height / 2) * top,
        "arrowhead": 2,
        "arrowcolor": SECOND,
        "font": {"color": SECOND},
    }
    return [words], [box]
