"""Many steps of one neuron: what it answers to every sample, and how wrong it is."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.labels import label_ends
from figures.neuron_words import cannot, change, neuron_maths
from figures.playing import playing, with_dots
from figures.theme import FIRST, GREY, NEGATIVE, POSITIVE, SECOND, TEMPLATE, TEXT
from figures.unchecked import figure_of
from figures.words import Said, as_written, listed, number, sentences
from nn_core import SGD, Sigmoid, Trainer
from recipes.boundaries import PRESETS as BOUNDARIES
from recipes.judgement import undecided
from recipes.neuron import DESCENDED, NeuronSettings, neuron, parse_weights, starting_theta
from recipes.neuron_table import samples
from recipes.settings import Preset, choices
from views.goal import Measured
from views.neuron.own_table import OWN_TABLE
from views.view import Piece, TryThis, View, in_one_piece, point_of

DRAW = 4  # of the study notes' weights
UNDECIDED = 1e-6  # an answer this close to ½ is on no side: what moves it there is rounding
FEW = 8  # flips: few enough to say each
MOST_POINTS = 1000  # a curve; more could not be told apart on a screen
MOST_FLIPS = 12  # that are marked and get their step written
MARKS = "●■"  # class 0, class 1: colour never stands alone
DASHES = {"solid": "━━", "dash": "╍╍", "dot": "┅┅", "dashdot": "━·"}  # as a label shows them
GAP = 0.095  # between two labels, in units of the answer
NEAR = 0.1  # of the run: flips closer than this share one label
MOST_TOLD = 3  # steps in one label


@dataclass(frozen=True)
class Settings(NeuronSettings):
    """One sigmoid neuron with three inputs, and the steps it takes."""

    steps: int = choices(
        1000, (100, 1000, 10_000), "Steps", "How many steps “many steps” takes, all samples each."
    )


PRESETS = {
    "1,000 steps": Preset(Settings()),
    "XOR": Preset(Settings(table="XOR", lr=1.0)),
}


class Numbers(NamedTuple):
    """What became of every sample over training, and of the neuron; row s belongs to steps[s]."""

    x: np.ndarray
    t: np.ndarray  # (samples, 1)
    lr: float
    steps: np.ndarray  # the first and the last always among them
    outputs: np.ndarray  # (steps, samples)
    loss: np.ndarray  # (steps,): the mean of squared errors
    accuracy: np.ndarray
    flips: list[tuple[int, int, bool]]  # (step, sample, whether it is right from then on), all
    elsewhere: bool = False  # whether it begins with other weights than *one step* does
    point: str = ""  # what the preset on screen shows
    table_notes: Sequence[str] = ()  # sentences on the table that the reader wrote


def numbers(settings: Settings, own: str | None = None) -> Numbers:
    """The settings' steps, on their table or on the reader's own, as many as a screen shows."""
    x, t, table_notes = samples(settings, own)
    run = many_steps(x, t, starting_theta(settings, DRAW), settings.lr, settings.steps)
    return thinned(run)._replace(
        elsewhere=not parse_weights(settings.weights),
        point=point_of(PRESETS, settings),
        table_notes=table_notes,
    )


def many_steps(x: np.ndarray, t: np.ndarray, theta: np.ndarray, lr: float, steps: int) -> Numbers:
    """So many steps, every one with all samples."""
    every = range(steps + 1)
    trainer = Trainer(
        neuron(theta), DESCENDED, SGD(lr=lr), x, t, len(x), record_at=(), snapshot_at=every
    )
    trainer.run(steps=steps)
    thetas = np.array(list(trainer.snapshots.values()))
    outputs = Sigmoid().forward(thetas[:, :3] @ x.T + thetas[:, 3:])
    right = _right(outputs, t[:, 0])
    loss = ((outputs - t[:, 0]) ** 2).mean(axis=1)
    return Numbers(x, t, lr, np.array(every), outputs, loss, right.mean(axis=1), _flips(right))


def _right(outputs: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Which answers are right, (steps, samples). One that rests on ½ keeps the side it was on."""
    steps = np.arange(len(outputs))[:, None]
    decided = np.where(np.abs(outputs - 0.5) > UNDECIDED, steps, 0)
    right = (outputs > 0.5) == (t > 0.5)
    return np.take_along_axis(right, np.maximum.accumulate(decided), axis=0)


def _flips(right: np.ndarray) -> list[tuple[int, int, bool]]:
    """When answers crossed ½: the step, the sample, and whether it is right from then on."""
    changes = np.argwhere(right[1:] != right[:-1])
    return [(int(k) + 1, int(row), bool(right[k + 1, row])) for k, row in changes]


def thinned(run: Numbers) -> Numbers:
    """Every step of a short run, evenly chosen ones of a long one; every flip that is drawn."""
    last = len(run.steps) - 1
    even = np.linspace(0, last, min(last, MOST_POINTS) + 1).round().astype(int)
    steps = np.union1d(even, [step for step, _, _ in run.flips[:MOST_FLIPS]]).astype(int)
    return run._replace(
        steps=steps, outputs=run.outputs[steps], loss=run.loss[steps], accuracy=run.accuracy[steps]
    )


@functools.cache
def _panels() -> dict[str, Any]:
    """The layout that all these figures share."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.14, row_heights=[0.6, 0.4])
    halves = {"tickvals": [0, 0.5, 1], "ticktext": ["0", "½", "1"]}
    panels.update_yaxes(title="answer", range=[-0.04, 1.04], **halves, row=1)
    panels.update_yaxes(title="score", range=[-0.05, 1.08], **halves, row=2)
    panels.update_xaxes(title="step", row=2)
    panels.update_layout(template=TEMPLATE, uirevision="curves", margin_r=125)
    layout: dict[str, Any] = panels.layout.to_plotly_json()
    return layout


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The answers above, the loss shown and the accuracy below, every flip at its step."""
    scores = {"accuracy": (numbers.accuracy, SECOND, 5), "loss": (numbers.loss, FIRST, 2)}
    traces = _answers(numbers)
    for name, (values, colour, width) in scores.items():  # the narrow loss over a broad accuracy
        line = {"color": colour, "width": width, "simplify": False}
        hover = f"step %{{x}}<br>{name} = %{{y:.10g}}<extra></extra>"
        traces.append(_line(numbers.steps, values, name, line, hover, xaxis="x2", yaxis="y2"))
    moving = with_dots(traces, whole=True)
    traces.append(_crossings(numbers))
    readings = {"loss": numbers.loss, "accuracy": numbers.accuracy}
    half = {"x0": 0, "x1": 1, "xref": "x domain", "y0": 0.5, "y1": 0.5, "yref": "y"}
    line = {"color": GREY, "dash": "dot", "width": 1}
    down, said = _steps_of_flips(numbers)
    title = f"The answer to each sample (inputs → target): above ½ means 1{_marks(numbers)}"
    layout = _panels() | {
        "title": {"text": title},
        "shapes": [half | {"line": line}, *down],
        "meta": playing(numbers.steps, moving, readings),
    }
    label_ends(layout, 1, _marked(numbers), numbers.outputs[-1], (0, 1), GAP)
    colours = [colour for _, colour, _ in scores.values()]
    ends = [values[-1] for values, _, _ in scores.values()]
    right = f"right: {round(ends[0] * len(numbers.t))} of {len(numbers.t)}"
    label_ends(layout, 2, [right, f"loss {number(ends[1])}"], ends, (0, 1), GAP, colours)
    layout["annotations"] += said
    return figure_of(traces, layout)


def _marks(run: Numbers) -> str:
    """What ◆ is, where there is one."""
    first = f" (the first {MOST_FLIPS} times)" if len(run.flips) > MOST_FLIPS else ""
    return f"; ◆ it crosses ½{first}" if run.flips else ""


def _steps_of_flips(run: Numbers) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A line down through both panels where an answer crosses ½, its step between the panels."""
    flips = run.flips[:MOST_FLIPS]
    line = {"color": GREY, "width": 1, "dash": "dot"}
    steps = sorted({step for step, _, _ in flips})
    down = {"xref": "x2", "y0": 0, "y1": 1, "yref": "paper", "line": line}
    said = {"xref": "x2", "y": 1, "yref": "y2 domain", "yanchor": "bottom", "showarrow": False}
    labelled = _labelled(steps, NEAR * run.steps[-1]).items()
    shapes = [down | {"x0": step, "x1": step} for step in steps]
    return shapes, [said | {"text": text, "x": step} for step, text in labelled]


def _names(run: Numbers) -> list[str]:
    """Each sample as a reader would say it: 0 0 1 → 0."""
    return [
        f"{' '.join(f'{v:g}' for v in x)} → {t:g}" for x, t in zip(run.x, run.t[:, 0], strict=True)
    ]


def _styles(run: Numbers) -> list[tuple[int, str, str]]:
    """Each sample's class, a colour that says it, and a dash for which of that class it is."""
    styles, seen = [], [0, 0]
    for kind in (run.t[:, 0] > 0.5).astype(int).tolist():
        dash = list(DASHES)[seen[kind] % len(DASHES)]
        styles.append((kind, (NEGATIVE, POSITIVE)[kind], dash))
        seen[kind] += 1
    return styles


def _marked(run: Numbers) -> list[str]:
    """Each sample's name after a piece of its line, so that merged lines can be told apart."""
    return [
        f'<span style="color:{colour}">{DASHES[dash]}{MARKS[kind]}</span> {name}'
        for (kind, colour, dash), name in zip(_styles(run), _names(run), strict=True)
    ]


def _line(
    x: np.ndarray, y: np.ndarray, name: str, line: dict[str, Any], hover: str, **axes: str
) -> dict[str, Any]:
    return dict(
        type="scatter", x=x, y=y, name=name, mode="lines", line=line, hovertemplate=hover, **axes
    )


def _answers(run: Numbers) -> list[dict[str, Any]]:
    """A curve a sample."""
    traces = []
    for name, y, (_, colour, dash) in zip(_names(run), run.outputs.T, _styles(run), strict=True):
        line = {"color": colour, "width": 3, "dash": dash, "simplify": False}
        hover = f"{name}<br>step %{{x}}<br>y = %{{y:.8f}}<extra></extra>"
        traces.append(_line(run.steps, y, name, line, hover, xaxis="x", yaxis="y"))
    return traces


def _crossings(run: Numbers) -> dict[str, Any]:
    """On the line of ½, where answers have crossed it."""
    steps = [step for step, _, _ in run.flips[:MOST_FLIPS]]
    return dict(
        type="scatter",
        x=steps,
        y=[0.5] * len(steps),
        name="flips",
        mode="markers",
        marker={"color": TEXT, "size": 9, "symbol": "diamond"},
        hovertemplate="step %{x}: crosses ½<extra></extra>",
        xaxis="x",
        yaxis="y",
    )


def _labelled(steps: list[int], near: float) -> dict[int, str]:
    """Steps as labels, by where these stand: those near each other share one, "4, 35"."""
    groups: dict[int, list[int]] = {}
    for step in steps:
        first = next(reversed(groups), -np.inf)
        groups.setdefault(step if step - first >= near else int(first), []).append(step)
    return {
        first: ", ".join(f"{step:,}" for step in group[:MOST_TOLD])
        + (" …" if len(group) > MOST_TOLD else "")
        for first, group in groups.items()
    }


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """How many answers are right by the moment; at the end what became of them all."""
    last = int(numbers.steps[-1])
    notes = [as_written(note, 200) for note in numbers.table_notes]
    on_the_way = [(since, words) for since, words in _on_the_way(numbers).items() if since < last]
    moments = [Said(since, sentences(*notes, words)) for since, words in on_the_way]
    return [*moments, Said(last, at_the_end(numbers, brief))]


def _on_the_way(run: Numbers) -> dict[int, str]:
    """How many are right, from each step on at which that changes, if one can read it in time."""
    right, steps = np.rint(run.accuracy * len(run.t)).astype(int), run.steps.tolist()
    start = f"the loss (how wrong it is) is **{number(float(run.loss[0]))}**"
    said = {0: f"Before the first step {start}, and {_so_many(run, right[0])}."}
    if len(run.flips) > MOST_FLIPS:
        often = "Answers cross ½ again and again: the share that is right stands beside the slider."
        return said | {steps[1]: often}
    said[steps[1]] = f"As before the first step {_so_many(run, right[0])}."
    for at in np.flatnonzero(np.diff(right)) + 1:
        said[steps[at]] = f"From step **{steps[at]:,}** on, {_so_many(run, right[at])}."
    decided = np.flatnonzero(~undecided(run.outputs).all(axis=1))
    rests = steps[decided[-1] + 1 if len(decided) else 0 :]
    if rests:
        said = {since: words for since, words in said.items() if since < rests[0]}
        said[rests[0]] = f"By step **{rests[0]:,}** every answer is near **½**, undecided."
    return said


def _so_many(run: Numbers, right: int) -> str:
    return f"**{right}** of {len(run.t)} answers {_are(right)} right"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def at_the_end(numbers: Numbers, brief: bool = False) -> str:
    """How the loss fell, which samples flipped when, and what stayed wrong."""
    run, table_notes = numbers, (as_written(note, 200) for note in numbers.table_notes)
    start = ELSEWHERE if run.elsewhere else ""
    if brief:
        return sentences(*table_notes, _outcome(run), start, cannot(run.x, run.t, briefly=True))
    aim = "Each step tries to lower the *sum* of squared errors; the loss shown is their *mean*."
    more = _turned(run), cannot(run.x, run.t) or aim
    return sentences(*table_notes, run.point, _outcome(run), start, *more)


ELSEWHERE = "This training begins with other weights than *one step*."


def _undecided(run: Numbers) -> bool:
    return bool(undecided(run.outputs[-1]).all())


def _outcome(run: Numbers) -> str:
    last, n = run.steps[-1], len(run.t)
    first_right, right = (round(run.accuracy[at] * n) for at in (0, -1))
    went = f"After **{last:,}** steps the loss went {change(run.loss[0], run.loss[-1])}"
    if _undecided(run):
        return f"{went}, and every answer ends near **½**, undecided."
    return f"{went}, and {_so_many(run, right)} (at the start {first_right})."


def _turned(run: Numbers) -> str:
    """When answers turned right, if these are few, and if the end is worth the telling."""
    if _undecided(run):
        return "So close to ½ the accuracy says nothing."
    if len(run.flips) > FEW:
        return f"On the way answers crossed ½ **{len(run.flips):,}** times."
    good = [step for step, _, is_right in run.flips if is_right]
    bad = len(run.flips) - len(good)
    wrong = f" {bad} turned wrong on the way." if bad else ""
    if not good:
        return wrong.strip()
    steps = [f"{step:,}" for step in dict.fromkeys(good)]
    plural = "s" if len(steps) > 1 else ""
    return f"Answers turned right at step{plural} **{listed(steps)}**.{wrong}"


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """XOR, which no neuron alone can learn; from there, where several are trained on it."""
    if settings.table == "XOR":
        several = BOUNDARIES["Three nearly always"].settings
        return TryThis("*three hidden units*", "Decision boundaries trains them on XOR.", several)
    why = "no weights of one neuron get all of it right."
    return TryThis("*table* XOR", why, replace(settings, table="XOR"), "many steps")


def measured(numbers: Numbers) -> Measured:
    """What a goal can ask of the last step."""
    share, loss = float(numbers.accuracy[-1]), float(numbers.loss[-1])
    if loss != loss:
        return Measured(diverged=True)
    return Measured(loss, share, len(numbers.t))


def maths(numbers: Numbers) -> list[str]:
    """The formulas, and the numbers before the first step."""
    return neuron_maths(float(numbers.loss[0]), len(numbers.x), numbers.lr)


CODE: list[Piece] = [many_steps, Sigmoid]

VIEW = View(
    name="many steps",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    growing=in_one_piece(numbers),
    presets=PRESETS,
    written=OWN_TABLE,
    measured=measured,
    counted="samples",
    heights=("62vh", "66vh"),
)
