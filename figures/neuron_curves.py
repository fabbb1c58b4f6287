"""Many steps of one neuron: what it answers to every sample, and how wrong it is."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots
from runs.neuron import ManySteps

from figures.labels import label_ends
from figures.theme import FIRST, GREY, NEGATIVE, POSITIVE, SECOND, TEMPLATE, TEXT

MOST_POINTS = 1000  # a curve; more could not be told apart on a screen
MOST_FLIPS = 12  # that get their step written beside them
MARKS = "●■"  # class 0, class 1: colour never stands alone
DASHES = {"solid": "━━", "dash": "╍╍", "dot": "┅┅", "dashdot": "━·"}  # as a label shows them
GAP = 0.095  # between two labels, in units of the answer
NEAR = 0.04  # of the run: flips closer than this share one label


class NeuronCurves(NamedTuple):
    """The curves of many steps, thinned to what a screen shows; row s belongs to steps[s]."""

    steps: np.ndarray
    outputs: np.ndarray  # (shown steps, samples)
    names: list[str]  # one a sample: "0 0 1 → 0"
    classes: np.ndarray  # (samples,) of 0 and 1
    loss: np.ndarray
    accuracy: np.ndarray
    flips: list[tuple[int, float, bool]]  # (step, answer, whether right from then on)


def neuron_curves(run: ManySteps) -> NeuronCurves:
    """What to draw of a run: every step of a short one, evenly thinned else, the flips all kept."""
    last = len(run.loss) - 1
    even = np.linspace(0, last, min(last, MOST_POINTS) + 1).round().astype(int)
    steps = np.union1d(even, [step for step, _, _ in run.flips[:MOST_FLIPS]]).astype(int)
    names = [
        f"{' '.join(f'{v:g}' for v in x)} → {t:g}" for x, t in zip(run.x, run.t[:, 0], strict=True)
    ]
    flips = [(step, run.outputs[step, row].item(), right) for step, row, right in run.flips]
    return NeuronCurves(
        steps,
        run.outputs[steps],
        names,
        (run.t[:, 0] > 0.5).astype(int),
        run.loss[steps],
        run.accuracy[steps],
        flips,
    )


@functools.cache
def _panels() -> dict:
    panels = make_subplots(
        rows=2, shared_xaxes=True, vertical_spacing=0.09, row_heights=[0.55, 0.45]
    )
    panels.update_yaxes(title="answer y", range=[-0.04, 1.04], row=1)
    panels.update_yaxes(title="loss, accuracy", range=[-0.05, 1.08], row=2)
    panels.update_xaxes(title="step", row=2)
    panels.update_layout(template=TEMPLATE, uirevision="neuron", margin_r=150)
    return panels.layout.to_plotly_json()


def neuron_figure(curves: NeuronCurves) -> go.Figure:
    """The answers above, the loss shown and the accuracy below, every flip at its step."""
    scores = {"accuracy": (curves.accuracy, SECOND, 5), "loss": (curves.loss, FIRST, 2)}
    traces = [*_answers(curves), _flips(curves)]
    for name, (values, colour, width) in scores.items():  # the narrow loss over a broad accuracy
        line = {"color": colour, "width": width, "simplify": False}
        hover = f"step %{{x}}<br>{name} = %{{y:.10g}}<extra></extra>"
        traces.append(_line(curves.steps, values, name, line, hover, xaxis="x2", yaxis="y2"))
    figure = go.Figure(traces, _panels())
    half = {"x0": 0, "x1": 1, "xref": "x domain", "y0": 0.5, "y1": 0.5, "yref": "y"}
    figure.add_shape(**half, line={"color": GREY, "dash": "dot", "width": 1})
    label_ends(figure, 1, _marked(curves), curves.outputs[-1], (0, 1), GAP)
    colours = [colour for _, colour, _ in scores.values()]
    ends = [values[-1] for values, _, _ in scores.values()]
    label_ends(figure, 2, list(scores), ends, (0, 1), GAP, colours)
    return figure.update_layout(
        title_text="The answer to every sample (above ½ means 1; ◆ crosses ½ at this step), and "
        "how wrong it is"
    )


def _styles(classes: np.ndarray) -> list[tuple[str, str]]:
    """A colour and a dash for each sample: its class, and which of that class it is."""
    styles, seen = [], [0, 0]
    for kind in classes:
        styles.append(((NEGATIVE, POSITIVE)[kind], list(DASHES)[seen[kind] % len(DASHES)]))
        seen[kind] += 1
    return styles


def _marked(curves: NeuronCurves) -> list[str]:
    """Each sample's name after a piece of its line, so that merged lines can be told apart."""
    return [
        f'<span style="color:{colour}">{DASHES[dash]}{MARKS[kind]}</span> {name}'
        for (colour, dash), kind, name in zip(
            _styles(curves.classes), curves.classes, curves.names, strict=True
        )
    ]


def _line(x: np.ndarray, y: np.ndarray, name: str, line: dict, hover: str, **axes) -> go.Scatter:
    return go.Scatter(x=x, y=y, name=name, mode="lines", line=line, hovertemplate=hover, **axes)


def _answers(curves: NeuronCurves) -> list[go.Scatter]:
    """A curve a sample."""
    traces, styles = [], _styles(curves.classes)
    for name, y, (colour, dash) in zip(curves.names, curves.outputs.T, styles, strict=True):
        line = {"color": colour, "width": 3, "dash": dash, "simplify": False}
        hover = f"{name}<br>step %{{x}}<br>y = %{{y:.8f}}<extra></extra>"
        traces.append(_line(curves.steps, y, name, line, hover, xaxis="x", yaxis="y"))
    return traces


def _flips(curves: NeuronCurves) -> go.Scatter:
    """Where answers cross ½, with the step beside it."""
    flips = curves.flips[:MOST_FLIPS]
    steps = [step for step, _, _ in flips]
    return go.Scatter(
        x=steps,
        y=[answer for _, answer, _ in flips],
        name="flips",
        mode="markers+text",
        text=_apart_enough(steps, NEAR * curves.steps[-1]),
        textposition="top center",
        marker={"color": TEXT, "size": 9, "symbol": "diamond"},
        hovertemplate="step %{x}: crosses ½<extra></extra>",
        xaxis="x",
        yaxis="y",
    )


def _apart_enough(steps: list[int], near: float) -> list[str]:
    """Each step as its label, or nothing where it would lie over the label before it."""
    labels, last = [], -np.inf
    for step in steps:
        labels.append(f"{step:,}" if step - last >= near else "")
        last = step if labels[-1] else last
    return labels
