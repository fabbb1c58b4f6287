"""One to three activations over their derivatives, and the tangents at one point."""

import functools
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.labels import label_ends
from figures.theme import GREY, TEMPLATE, TEXT, THREE
from figures.unchecked import figure_of
from figures.words import listed, not_whole, number
from nn_core import ACTIVATIONS, Activation
from recipes.activations import FunctionsSettings
from recipes.judgement import SATURATED
from recipes.settings import Preset, switch
from views.view import Piece, TryThis, View

DASHES = ("solid", "dash", "dot")
LOW, HIGH = -2.5, 4.0  # what is shown of several curves, so that bounded ones are not flattened
GAP = 0.09  # between two names at curves' ends, as a share of the panel

NEXT = 1e-6  # how far from the probe a corner is looked for
BENT, JUMPS = 0.001, 1000.0  # slopes on both sides differ by so much; no slope is so steep

PROBES = np.arange(-100, 101) / 10  # where the probe can stand


@dataclass(frozen=True)
class Settings(FunctionsSettings):
    """Which curves, and where the tangent touches them."""

    slopes: bool = switch(True, "Slopes", "How steep each curve is, below it.")


PRESETS = {
    "The sigmoid": Preset(Settings()),
    "ReLU and kin": Preset(Settings(function="relu", second="leaky_relu", third="elu", x=-1.0)),
    "Smooth": Preset(Settings(function="silu", second="gelu", third="softplus", x=-1.0)),
}


class ActivationCurves(NamedTuple):
    """f and f′ over x, and their values at the probe."""

    function: Activation
    x: np.ndarray
    f: np.ndarray
    slope: np.ndarray
    probe_x: float
    probe_f: float
    probe_slope: float
    slopes: bool = True  # whether it is shown how steep it is

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.name


Numbers = list[ActivationCurves]


def numbers(settings: Settings) -> Numbers:
    """The curves of all functions, the first first."""
    curves = [activation_curves(function, settings.x) for function in settings.functions()]
    return [one._replace(slopes=settings.slopes) for one in curves]


def activation_curves(function: Activation, probe_x: float, points: int = 1000) -> ActivationCurves:
    """The activation over [−10, 10], and at the probe."""
    x = np.append(np.linspace(-10, 10, points), probe_x)
    f = function.forward(x)
    df = function.derivative(x, f)
    return ActivationCurves(function, x[:-1], f[:-1], df[:-1], probe_x, f[-1].item(), df[-1].item())


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.6, 0.4])
    panels.update_yaxes(title="output f(x)", row=1).update_yaxes(title="slope f′(x)", row=2)
    panels.update_xaxes(range=[-10, 10]).update_xaxes(title="input x", row=2)
    panels.update_layout(template=TEMPLATE, uirevision="curve", margin_r=110)
    return panels.layout.to_plotly_json()


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """f with its tangent above, f′ below, the probe on both, saturation of the first shaded."""
    first, names = numbers[0], [c.name for c in numbers]
    traces = [
        trace
        for curves, colour, dash in zip(numbers, THREE, DASHES, strict=False)
        for trace in _traces(curves, colour, dash, alone=curves is first)
    ]
    if not first.slopes:
        return _without_slopes(numbers, traces)
    ranges = (_range_of([c.f for c in numbers]), _slope_range([c.slope for c in numbers]))
    flat = f"{first.name} is nearly flat" if len(numbers) > 1 else "nearly flat"
    steep = "it is" if len(numbers) == 1 else "they are"
    title = f"{', '.join(names)}, and below how steep {steep} (grey: {flat}, |f′| < 0.1)"
    panels = _panels()
    layout = panels | {
        "title": {"text": title},
        "yaxis": panels["yaxis"] | {"range": ranges[0]},
        "yaxis2": panels["yaxis2"] | {"range": ranges[1]},
        "shapes": [_shaded(start, end) for start, end in saturated_spans(first)],
    }
    for axis, (low, high) in enumerate(ranges, 1):
        ends = [np.clip((c.f, c.slope)[axis - 1][-1], low, high) for c in numbers]
        marked = [f"{name}′" for name in names] if axis == 2 else names
        label_ends(layout, axis, marked, ends, (low, high), GAP, THREE)
    return figure_of(traces, layout)


def _without_slopes(numbers: Numbers, traces: list[dict[str, Any]]) -> go.Figure:
    """The curves alone, each with its probe."""
    traces = [t for t in traces if t["yaxis"] == "y" and not t["name"].startswith("tangent")]
    low, high = _range_of([c.f for c in numbers])
    layout: dict[str, Any] = {
        "template": TEMPLATE, "uirevision": "curve alone", "margin": {"r": 110},
        "title": {"text": ", ".join(c.name for c in numbers)},
        "xaxis": {"title": {"text": "input x"}, "range": [-10, 10]},
        "yaxis": {"title": {"text": "output f(x)"}, "range": [low, high]},
    }  # fmt: skip
    ends = [np.clip(c.f[-1], low, high) for c in numbers]
    label_ends(layout, 1, [c.name for c in numbers], ends, (low, high), GAP, THREE)
    return figure_of(traces, layout)


def _shaded(start: float, end: float) -> dict[str, Any]:
    return {
        "x0": start, "x1": end, "y0": 0, "y1": 1, "yref": "paper", "fillcolor": GREY,
        "opacity": 0.18, "line": {"width": 0},
    }  # fmt: skip


def saturated_spans(curves: ActivationCurves) -> list[tuple[float, float]]:
    """The stretches of x on which |f′| < 0.1, as (from, to)."""
    flat = np.concatenate([[False], np.abs(curves.slope) < SATURATED, [False]])
    starts = np.flatnonzero(flat[1:] & ~flat[:-1])
    ends = np.flatnonzero(flat[:-1] & ~flat[1:]) - 1
    return [(curves.x[s].item(), curves.x[e].item()) for s, e in zip(starts, ends, strict=True)]


def _range_of(several: list[np.ndarray]) -> tuple[float, float]:
    """All of one curve; of several, what keeps the bounded ones readable."""
    low, high = min(f.min() for f in several), max(f.max() for f in several)
    if len(several) > 1:
        low, high = max(low, LOW), min(high, HIGH)
    margin = 0.12 * (high - low)
    return low - margin, high + margin


def _slope_range(several: list[np.ndarray]) -> tuple[float, float]:
    steepest = max(max(slope.max() for slope in several), 0.25)
    return min(min(slope.min() for slope in several), 0) - 0.1 * steepest, 1.15 * steepest


def _traces(curves: ActivationCurves, colour: str, dash: str, alone: bool) -> list[dict[str, Any]]:
    """One function's curve, slope, tangent and probes; only the first goes without its name."""
    upper, lower = {"xaxis": "x", "yaxis": "y"}, {"xaxis": "x2", "yaxis": "y2"}
    probe, reach = curves.probe_x, 2.5
    line = {"width": 3, "simplify": False, "color": colour, "dash": dash}
    tangent = curves.probe_f + curves.probe_slope * np.array([-reach, reach])
    of = "" if alone else f" of {curves.name}"
    mark = TEXT if alone else colour
    return [
        dict(
            type="scatter",
            x=curves.x,
            y=curves.f,
            name=f"f = {curves.name}",
            line=line,
            hovertemplate=f"{curves.name}<br>x = %{{x:.4f}}<br>f(x) = %{{y:.8f}}<extra></extra>",
            **upper,
        ),
        dict(
            type="scatter",
            x=curves.x,
            y=curves.slope,
            name=f"f′{of}" if of else "f′, its slope",
            line=line,
            hovertemplate=f"{curves.name}<br>x = %{{x:.4f}}<br>f′(x) = %{{y:.8f}}<extra></extra>",
            **lower,
        ),
        dict(
            type="scatter",
            x=[probe - reach, probe + reach],
            y=tangent,
            name=f"tangent{of}",
            mode="lines",
            line={"color": mark, "width": 2, "dash": "dash"},
            hoverinfo="skip",
            **upper,
        ),
        _probe("f", of, mark, probe, curves.probe_f, upper),
        _probe("f′", of, mark, probe, curves.probe_slope, lower),
    ]


def _probe(name: str, of: str, colour: str, x: float, y: float, axes: dict) -> dict[str, Any]:
    return dict(
        type="scatter",
        x=[x],
        y=[y],
        name=f"probe {name}{of}",
        mode="markers",
        marker={"color": colour, "size": 12},
        hovertemplate=f"x = %{{x}}<br>{name}(x) = %{{y:.10g}}<extra></extra>",
        **axes,
    )


def caption(numbers: Numbers, brief: bool = False) -> str:
    """Of one function the probe's story; of numbers their values and slopes side by side."""
    x = number(numbers[0].probe_x)
    if not numbers[0].slopes:
        gives = [f"{c.name} gives **{not_whole(c.probe_f)}**" for c in numbers]
        return f"At x = **{x}** {listed(gives)}."
    if len(numbers) == 1:
        return _probed(numbers[0])
    parts = [
        f"{c.name} gives **{not_whole(c.probe_f)}** with slope **{not_whole(c.probe_slope)}**"
        for c in numbers
    ]
    return f"At x = **{x}** {listed(parts)}: {_through(numbers)}."


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


def _probed(curves: ActivationCurves) -> str:
    """What the probe shows, and what it means for learning."""
    x, f, slope = (not_whole(v) for v in (curves.probe_x, curves.probe_f, curves.probe_slope))
    shown = (
        f"At x = **{x}** the output is **{f}** and the slope (how steep the curve is) **{slope}**."
    )
    if curves.name == "sigmoid":
        shown += " Nowhere is sigmoid steeper than **¼**."
    if corner := _corner(curves):
        return f"{shown} {corner}"
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


def _corner(curves: ActivationCurves) -> str:
    """That the curve bends or jumps just where the probe is; "" where it has one slope."""
    x = curves.probe_x
    before, at, after = curves.function.forward(np.array([x - NEXT, x, x + NEXT]))
    left, right = (at - before) / NEXT, (after - at) / NEXT
    if abs(right - left) < BENT:
        return ""
    if max(abs(left), abs(right)) > JUMPS:
        return "Here the curve jumps: a step has no slope, and learning takes it as 0."
    return (
        f"Here the curve has a corner: its slope is {number(left)} on the left and "
        f"{number(right)} on the right; learning takes it as {number(curves.probe_slope)}."
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """Where the first curve is flat, if it is steep here, and the other way round."""
    function, x = numbers[0].function, settings.x
    steep = np.abs(_slopes(function, PROBES)) >= SATURATED
    if steep.all() or not steep.any():
        name = "tanh" if function.name == "sigmoid" else "sigmoid"
        slope = _slopes(ACTIVATIONS[name](), np.array([x])).item()
        why = f"at x = {number(x)} its slope is {number(slope)}."
        return TryThis(f"*{name}*", why, replace(settings, function=name), "curve")
    here = bool(abs(numbers[0].probe_slope) >= SATURATED)
    others = PROBES[steep != here]
    nearest = float(others[np.abs(others - x).argmin()])
    slope = _slopes(function, np.array([nearest])).item()
    flat = ", nearly flat" if here and slope else ""
    why = f"there the slope of {function.name} is {number(slope)}{flat}."
    return TryThis(f"*x* = {number(nearest)}", why, replace(settings, x=nearest), "curve")


def _slopes(function: Activation, x: np.ndarray) -> np.ndarray:
    return function.derivative(x, function.forward(x))


def maths(numbers: Numbers) -> list[str]:
    """The formulas of all functions on screen, and what they mean for learning."""
    return [*(line for curves in numbers for line in activation_formulas(curves)), LEARNING]


def activation_formulas(curves: ActivationCurves) -> list[str]:
    """f and f′ of the activation on screen, each with the probe's numbers put in."""
    function, probe = curves.function, curves.probe_x
    x, value = f"{probe:g}", f"{curves.probe_f:.4f}"
    at = f"({x})" if probe < 0 else x
    f, df = (text.replace("§", "x") for text in (function.formula, function.slope_formula))
    f_numbers, slope_numbers = (
        text.replace("f(§)", value).replace("§", at) for text in function.formulas_at(probe)
    )
    return [
        f"**{function.name}**",
        f"$$f(x) = {f}$$",
        f"$$f({x}) = {f_numbers}$$",
        f"$$f({x}) = {curves.probe_f:.8f}$$",
        f"$$f'(x) = {df}$$",
        f"$$f'({x}) = {slope_numbers}$$",
        f"$$f'({x}) = {curves.probe_slope:.8f}$$",
    ]


LEARNING = (
    "Learning multiplies by f′ at every layer (the chain rule): where f′ is near 0, the error "
    "that should teach the weights before it is nearly wiped out."
)


def code(numbers: Numbers) -> list[Piece]:
    """The functions on screen, and what asks them."""
    return [*(type(curves.function) for curves in numbers), activation_curves]


VIEW = View(
    name="curve",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=code,
    presets=PRESETS,
    stepped="x",
    heights=("57vh", "60vh"),
)
