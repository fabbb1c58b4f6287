"""A fair race: two networks on the same points, from the same start, with one thing otherwise."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from figures.own_points import off_by
from figures.race import Race, waiting_for
from figures.stage import StageFilm, stage_film
from figures.words import Said, listed, number, sentences
from kernels import suits
from nn_core import Trainer, log_spaced
from recipes.boundaries import (
    BoundariesSettings,
    boundaries_data,
    boundaries_net,
    boundaries_trainer,
    frames_for,
)
from recipes.outcome import Outcome, outcome
from recipes.race import (
    CALLED,
    RaceSettings as Settings,
    Sides,
    copied,
    said,
    sides,
    swapped,
)
from runs.compiling import until_compiled
from runs.pace import in_pieces
from runs.work import HowFar, Tell
from views.boundaries.race_moments import said_of
from views.view import Piece, TryThis, View, who_took_the_steps

NAME = "race"
SHAPES = ("hidden", "layers", "widths", "inputs")  # another one has other weights
PLURAL = (*SHAPES, "epochs", "init")
SAME = "the same as the other"  # what a network is called where nothing differs


class Numbers(NamedTuple):
    """Two films, whole or as far as they are trained."""

    sides: Sides
    race: Race
    ends: tuple[Outcome, Outcome]
    finished: bool
    compiled: bool  # whether the loop took the steps, or nn_core


def numbers(settings: Settings) -> Numbers:
    """The whole race."""
    *_, whole = growing(settings)
    return whole


def growing(settings: Settings, tell: Tell = lambda how_far: None) -> Iterator[Numbers]:
    """Both films as they are trained, again and again, until they are whole."""
    asked, data = sides(settings), boundaries_data(settings)
    both = asked.left, asked.right
    frames = min(frames_for(boundaries_net(side)) for side in both)
    trainers = [_trainer(side, frames) for side in both]
    steps = [side.epochs * t.steps_per_epoch for side, t in zip(both, trainers, strict=True)]

    def so_far(finished: bool) -> Numbers:
        one, other = (
            stage_film(trainer, data, side.inputs)
            for trainer, side in zip(trainers, both, strict=True)
        )
        if trainers[0].step_count >= steps[0] or trainers[0].diverged_at is not None:
            one = waiting_for(one, other)
        ends = outcome(trainers[0], data), outcome(trainers[1], data)
        names, values = zip(*(_named(side, asked) for side in both), strict=True)
        race = Race((one, other), names, values)
        return Numbers(asked, race, ends, finished, all(map(suits, trainers)))

    yield from until_compiled(trainers, tell, f"0 of {sum(steps):,} steps", lambda: so_far(False))
    pieces = [in_pieces(trainer, last) for trainer, last in zip(trainers, steps, strict=True)]
    for ended in zip_longest(*pieces, fillvalue=True):
        done = sum(trainer.step_count for trainer in trainers)
        tell(HowFar(1.0 if all(ended) else done / sum(steps), "Training", f"{done:,} steps"))
        yield so_far(all(ended))


def _trainer(side: BoundariesSettings, frames: int) -> Trainer:
    """A side's network, remembered at so many steps."""
    data = boundaries_data(side)
    steps = side.epochs * boundaries_trainer(side, data, frames=()).steps_per_epoch
    return boundaries_trainer(side, data, frames=log_spaced(steps, frames))


def _named(side: BoundariesSettings, asked: Sides) -> tuple[str, str]:
    """What a side has otherwise, and the same without the setting's name if it is one only."""
    name = said(side, asked.differing) or SAME
    if len(asked.differing) != 1:
        return name, name
    return name, name.removeprefix(CALLED[asked.differing[0]]).strip()


def picture(numbers: Numbers, brief: bool = False) -> Race:
    """Both films."""
    return numbers.race


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """Whether the race is fair, what each has come to by the moment, and what it came to."""
    asked = numbers.sides
    fair = "" if brief and len(asked.differing) < 2 else _fair(numbers)
    losses = "" if brief else _losses(asked)
    if not asked.differing:
        return [Said(0, sentences(fair, _came_to(numbers)))]
    return [
        Said(since, sentences(fair, words, losses))
        for since, words in said_of(numbers.race, _came_to(numbers))
    ]


def _fair(numbers: Numbers) -> str:
    """What both have in common, and what not."""
    differing = numbers.sides.differing
    names = [f"*{'layers' if name == 'widths' else CALLED[name]}*" for name in differing]
    if not names:
        return "Nothing differs: both films are of one training."
    if len(names) > 1:
        return (
            f"The race is not fair any more: {listed(names)} differ, so what makes the difference "
            "is not known."
        )
    (name,) = differing
    shared = ["Same points"]
    if _same_start(*numbers.race.films):
        shared.append("same start")
    if _same_batches(numbers):
        shared.append("same batches")
    only = f"only the {names[0]} {'differ' if name in PLURAL else 'differs'}"
    so = ", so the starts cannot be the same" if name in SHAPES else ""
    return f"{', '.join(shared)}; {only}{so}."


def _same_start(one: StageFilm, other: StageFilm) -> bool:
    return one.sizes == other.sizes and bool((one.thetas[0] == other.thetas[0]).all())


def _same_batches(numbers: Numbers) -> bool:
    """Whether both look at the same points at every step: a batch of all of them is no lot."""
    left, right, _ = numbers.sides
    points = len(numbers.race.films[0].data.x_train)
    of_left, of_right = (min(side.batch, points) for side in (left, right))
    return of_left == of_right and (left.seed == right.seed or of_left == points)


def _came_to(numbers: Numbers) -> str:
    """The end of each, in numbers."""
    one, other = numbers.ends
    together = one.step == other.step and one.diverged_at is other.diverged_at is None
    ends = [
        f"*{name}* {_end(end)}{'' if together else _after(end)}"
        for name, end in zip(numbers.race.names, numbers.ends, strict=True)
    ]
    if not numbers.sides.differing:
        ends = [f"it {_end(one)}"]
    when = "At the end" if numbers.finished else "So far"
    return f"{when}{_after(one) if together else ''}, {', and '.join(ends)}."


def _after(end: Outcome) -> str:
    return "" if end.diverged_at is not None else f", after **{end.step:,}** steps"


def _end(end: Outcome) -> str:
    if end.diverged_at is not None:
        return f"*diverged* at step **{end.diverged_at:,}**"
    if not end.classes:
        return f"is {off_by(end.loss**0.5, end.unit)}"
    unseen = "" if end.test_accuracy is None else f" ({end.test_accuracy:.1%} of unseen ones)"
    return f"has **{end.accuracy:.1%}** of its points right{unseen}, loss **{number(end.loss)}**"


def _losses(asked: Sides) -> str:
    if "loss" not in asked.differing:
        return ""
    return "Their losses are measured in two ways, so only how many are right can be compared."


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """Another knob, from the same left side: what it comes to is for the reader to see."""
    if len(numbers.sides.differing) > 1:
        fair = replace(settings, also="")
        return TryThis("*one thing*", "the same two, with one difference only.", fair, NAME)
    for knob, other in (("activation", "relu"), ("optimizer", "adam"), ("hidden units", "8")):
        changed = replace(settings, knob=knob, other=other)
        if knob != settings.knob and sides(changed).differing:
            break
    what = f"*{knob}* {other}"
    return TryThis(what, "on the right, all else as on the left.", changed, NAME)


def maths(numbers: Numbers) -> list[str]:
    """What both have in common, in symbols, as far as it is so."""
    lines = ["Both networks are trained on the same points."]
    if _same_start(*numbers.race.films):
        lines.append(r"They start from the same weights and biases: $\theta^A_0 = \theta^B_0$.")
    if _same_batches(numbers):
        lines.append("At every step $k$ they look at the same batch of points: $b^A_k = b^B_k$.")
    lines.append(
        "The two films are shown at the same epoch, or the shorter one at its end: in an epoch "
        "each looks at every point once."
    )
    return lines


CODE: list[Piece] = [sides, boundaries_trainer, Trainer]


VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    changeable=True,
    code_note=who_took_the_steps,
    growing=growing,
    turns={"Swap left and right": ("⇄", swapped), "Copy left to right": ("→", copied)},
    heights=("55vh", "59vh"),
)
