"""Was I lucky? One setting trained from many starts, and how each of them ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from datasets.plane import FOUR_POINTS, PlaneData, features
from nn_core import Trainer
from recipes.aside import LEFT_OF_NUMBERS, RIGHT
from recipes.boundaries import NETWORK, STARTS, BoundariesSettings
from recipes.judgement import NEAR_HALF, no_longer_falls
from recipes.outcome import answers_of
from recipes.settings import STUDY_NOTES, choices

NEAR = 0.1  # of four answers: one closer than that to what it should be is right
ALIKE = 2 * NEAR_HALF  # answers that lie within this of each other are one answer
SIDE = 20  # samples of a boundary along each side of its tile
CURVE = 48  # losses that a curve has at most
FULL = 127  # a sample that says yes for certain; −127 says no
NO_NUMBER = -128  # a sample of a network that diverged
LEVELS = 25  # of more than two classes: how sure the likeliest is, from not at all to certain
FRACTIONS = {1 / 2: "½", 1 / 3: "⅓", 2 / 3: "⅔"}
COUNTS = {1: "one answer", 2: "two answers", 3: "three answers", 4: "all four answers"}
BELOW = {0.9: "got 90 to 99% right", 0.75: "got 75 to 90% right", 0.0: "got less than 75% right"}
HALF_LEFT = 0.5  # of the squared error, where numbers are asked for
NOTHING = 1e-12  # a squared error: where a single answer leaves none, as to one point, it is this


@dataclass(frozen=True)
class LotterySettings(BoundariesSettings):
    """A small network, how it is trained, and from how many starts."""

    starts: int = choices(
        STARTS,
        (1, 10, 25, 50, 100, 200, STARTS),  # each goes into the last without a rest
        "Starts",
        "How many seeds the lottery draws.",
        stands=NETWORK,
    )


class Ending(NamedTuple):
    """How a training ended, as one of a few ways."""

    place: float  # the better, the lower
    words: str  # "learned it"


class Lane(NamedTuple):
    """One start of the lottery, trained to its end."""

    start: BoundariesSettings  # whose film is this very training
    theta: np.ndarray  # (parameters,) at the end
    curve: np.ndarray  # losses at `steps_of_curve`, NaN where it had diverged
    loss: float  # at the end, NaN if it diverged
    accuracy: float  # on the points it learned from
    answers: np.ndarray  # (n,) to them, if they are the four points; else (0,)
    diverged_at: int | None
    ending: Ending
    tile: np.ndarray  # int8 (SIDE, SIDE), what it answers over the plane, the top row first


LEARNED, OTHERWISE = Ending(0, "learned it"), Ending(5, "ended some other way")
ONE_CLASS, DIVERGED = Ending(6, "called every point the same"), Ending(9, "diverged")


def shared(settings: LotterySettings) -> LotterySettings:
    """The settings of the same lottery by one name: whoever has one of its seeds has it, too.

    The study notes' start is no seed's; its lottery is drawn beside it, and so is its own.
    """
    if settings.init == STUDY_NOTES:
        return settings
    return replace(settings, seed=settings.seed // settings.starts * settings.starts)


def starts_of(settings: LotterySettings) -> list[BoundariesSettings]:
    """The films' settings of all starts, the settings' own seed among them.

    For the study notes' start, which is one, the others are drawn as `normal` draws them.
    """
    film = film_of(settings)
    first = settings.seed // settings.starts * settings.starts
    others = replace(film, init="normal") if settings.init == STUDY_NOTES else film
    return [
        film if seed == settings.seed else replace(others, seed=seed)
        for seed in range(first, first + settings.starts)
    ]


def film_of(settings: BoundariesSettings) -> BoundariesSettings:
    """The same settings without what a lottery or a grid adds to them."""
    return BoundariesSettings(**{n: getattr(settings, n) for n in BoundariesSettings.allowed()})


def steps_of_curve(frames: Sequence[int]) -> list[int]:
    """At most CURVE of a film's frames, from the first to the last."""
    return [
        frames[i] for i in np.unique(np.linspace(0, len(frames) - 1, CURVE).round().astype(int))
    ]


def lane(
    start: BoundariesSettings, data: PlaneData, trainer: Trainer, steps: Sequence[int]
) -> Lane:
    """What became of a start, from its trainer, which is at its end; its curve at these steps."""
    history, diverged = trainer.history, trainer.diverged_at is not None
    losses = dict(zip(history["step"], history["loss"], strict=True))
    with np.errstate(all="ignore"):
        answers = answers_of(data, trainer.loss, trainer.net.predict(trainer.x))
    return Lane(
        start,
        trainer.net.theta.copy(),
        np.array([losses.get(step, np.nan) for step in steps]),
        np.nan if diverged else history["loss"][-1],
        history["accuracy"][-1],
        answers if data.name == FOUR_POINTS else answers[:0],
        trainer.diverged_at,
        ending(data, trainer, answers),
        tile(start, data, trainer),
    )


def has_learned(data: PlaneData, answers: np.ndarray, right: float) -> bool:
    """Whether a network with these answers (n,) to its points learned what it was asked.

    It learned the four points if all four answers are within NEAR of what they should be, other
    classes if at least RIGHT of the points it learned from are `right`, and numbers if the squared
    error is at most LEFT_OF_NUMBERS of what the best single answer leaves.
    """
    if data.name == FOUR_POINTS:
        return bool((np.abs(answers - data.t_train[:, 0]) < NEAR).all())
    return right >= RIGHT if data.classes else _left(data, answers) <= LEFT_OF_NUMBERS


def _left(data: PlaneData, answers: np.ndarray) -> float:
    """What is left of the squared error that the best single answer makes."""
    error = np.square(answers - data.t_train[:, 0]).mean()
    return float(error / max(data.t_train.var(), NOTHING))


def ending(data: PlaneData, trainer: Trainer, answers: np.ndarray) -> Ending:
    """How a training ended: whether it learned what it was asked, and if not, what it came to."""
    if trainer.diverged_at is not None:
        return DIVERGED
    right = trainer.history["accuracy"][-1]
    if has_learned(data, answers, right):
        return LEARNED
    if data.name == FOUR_POINTS:
        return _on_four(answers, data.t_train[:, 0], _at_rest(trainer))
    if not data.classes:
        if _left(data, answers) <= HALF_LEFT:
            return Ending(1, "left a tenth to a half of the error")
        return Ending(2, "left more than half of the error")
    if len(np.unique(answers if data.classes > 2 else answers > 0.5)) == 1:
        return ONE_CLASS
    return next(Ending(2 - least, words) for least, words in BELOW.items() if right >= least)


def _on_four(answers: np.ndarray, targets: np.ndarray, at_rest: bool) -> Ending:
    """What XOR's four answers came to that are not all right: whether the wrong ones agree."""
    wrong = answers[np.abs(answers - targets) >= NEAR]
    if np.ptp(wrong) >= ALIKE:
        return OTHERWISE
    value = float(wrong.mean())
    near = [name for exact, name in FRACTIONS.items() if abs(value - exact) < NEAR_HALF]
    how = "got stuck with" if at_rest else "ended with"
    words = f"{how} {COUNTS[len(wrong)]} near {near[0] if near else f'{value:.1f}'}"
    return Ending(len(wrong) + 0.5 * at_rest, words)


def _at_rest(trainer: Trainer) -> bool:
    """Whether the second half of the steps hardly changed the loss."""
    steps, losses = np.array(trainer.history["step"]), trainer.history["loss"]
    middle = int(np.abs(steps - steps[-1] / 2).argmin())
    return no_longer_falls(losses[middle], losses[-1])


def tile(
    start: BoundariesSettings, data: PlaneData, trainer: Trainer, side: int = SIDE
) -> np.ndarray:
    """What a network answers over the plane, int8 (side, side): ±FULL at the ends of the scale.

    Of more than two classes it is the likeliest, LEVELS numbers each from −FULL on, the higher the
    surer.
    """
    along = data.left + (np.arange(side) + 0.5) * (data.right - data.left) / side
    x1, x2 = np.meshgrid(along, along[::-1])
    x = features(np.column_stack([x1.ravel(), x2.ravel()]), start.inputs)
    with np.errstate(all="ignore"):
        answers = trainer.loss.output(trainer.net.predict(x))
        samples = (_winners if data.classes > 2 else _on_scale)(answers, data)
    known = np.isfinite(answers).all(axis=1)
    return np.where(known, samples, NO_NUMBER).astype(np.int8).reshape(side, side)


def _on_scale(answers: np.ndarray, data: PlaneData) -> np.ndarray:
    """Answers (n, 1) from −FULL to FULL, (n,)."""
    scaled = (2 * answers[:, 0] - data.low - data.high) / (data.high - data.low)
    return np.round(FULL * np.clip(scaled, -1, 1))


def _winners(answers: np.ndarray, data: PlaneData) -> np.ndarray:
    """Of probabilities (n, classes) the likeliest and how sure it is, as one number each, (n,)."""
    guess = 1 / data.classes
    sure = (answers.max(axis=1) - guess) / (1 - guess)
    return LEVELS * answers.argmax(axis=1) + np.round((LEVELS - 1) * sure) - FULL


def tally(lanes: Sequence[Lane]) -> list[tuple[Ending, int]]:
    """How many ended in which way, the best first."""
    endings = [lane.ending for lane in lanes]
    return [(ending, endings.count(ending)) for ending in sorted(set(endings))]


def by_ending(lanes: Sequence[Lane]) -> list[Lane]:
    """Sorted by how they ended; those that ended alike by what they say, and by their loss."""

    def order(lane: Lane) -> tuple:
        said = tuple(np.round(lane.answers, 1)), int(np.sign(lane.tile[SIDE // 2, SIDE // 2]))
        return lane.ending, *said, np.nan_to_num(lane.loss), lane.start.seed

    return sorted(lanes, key=order)
