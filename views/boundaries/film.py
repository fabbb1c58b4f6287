"""All of a small network's training as a film: the network, its weights, what it answers where."""

import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from datasets.plane import PlaneData
from figures import maths as set_in_maths
from figures.judgement import (
    COLOURS,
    four_answers,
    may_help,
    why_words,
)
from figures.own_points import NAMED, off_by
from figures.stage import StageFilm, stage_film
from figures.words import Said, number, sentences
from kernels import suits
from nn_core import Trainer
from recipes.boundaries import (
    PRESETS,
    BoundariesSettings as Settings,
    boundaries_data,
    boundaries_net,
    boundaries_trainer,
)
from recipes.building import buildable, built
from recipes.judgement import Went
from recipes.keeping import start_of, starts_over
from recipes.outcome import Outcome, outcome
from recipes.playground import opened
from recipes.reasons import DeadLayer, Stuck, Unheard, Verdict
from recipes.verdict import needs_trials, verdict
from runs.compiling import until_compiled
from runs.films import films
from runs.pace import in_pieces
from runs.work import TURNS, HowFar, Tell
from views.boundaries.guess import question
from views.boundaries.moments import on_the_way
from views.boundaries.take_along import take_along
from views.boundaries.try_this import next_try
from views.goal import Measured
from views.predict import Predict
from views.view import (
    Building,
    Download,
    OtherLinks,
    Piece,
    TryThis,
    View,
    point_of,
    who_took_the_steps,
)

NAME = "film"
TRYING = "The film is whole: trying what else could have been done"
FOUR = 4  # points: few enough to speak of each


class Numbers(NamedTuple):
    """A film, whole or as far as it is trained."""

    film: StageFilm
    end: Outcome  # what it came to, or has come to so far
    finished: bool
    own: bool  # whether it began with weights of the reader's own
    settings: Settings
    compiled: bool  # whether the loop took its steps, or nn_core


def numbers(settings: Settings, own: str | None = None) -> Numbers:
    """The whole film."""
    *_, whole = growing(settings, own)
    return whole


def growing(
    settings: Settings, own: str | None = None, tell: Tell = lambda how_far: None
) -> Iterator[Numbers]:
    """The film as it is trained, again and again, until it is whole; then why it did not go well.

    `own` are other parameters to begin with than the settings draw, such as `trains_on` takes.
    """
    data, (start, first) = boundaries_data(settings), (None, 0) if own is None else start_of(own)
    trainer = boundaries_trainer(settings, data, start, first=first)
    steps = first + settings.epochs * trainer.steps_per_epoch
    # A point says why; of four points it is said what they are stuck at.
    unsaid = own is not None or not point_of(PRESETS, settings) or len(trainer.x) == FOUR

    def so_far(finished: bool, judged: Verdict | None = None) -> Numbers:
        return _of(trainer, data, settings, own is not None, finished, judged)

    def whole() -> Iterator[Numbers]:
        done, judged = f"{trainer.step_count:,} of {steps:,} steps", None
        if unsaid:
            if needs_trials(settings, data, trainer, start):
                tell(HowFar(0.0, TRYING, done, enough=True))
                yield so_far(True)
            judged = verdict(settings, data, trainer, start, TURNS.give_way)
        tell(HowFar(1.0, "Training", done))
        yield so_far(True, judged)

    asked = NAME, settings, own
    if films().take_up(trainer, steps, asked):
        yield from whole()
        return
    yield from until_compiled(
        [trainer], tell, f"{first:,} of {steps:,} steps", lambda: so_far(False)
    )
    began = time.thread_time()
    for finished in in_pieces(trainer, steps):
        if not finished:
            numbers, done = so_far(False), trainer.step_count
            share = (done - first) / (steps - first)
            tell(HowFar(share, "Training", f"{done:,} of {steps:,} steps"))
            yield numbers
    if time.thread_time() - began > films().worth:
        films().keep(trainer, asked)
    yield from whole()


def before(settings: Settings, own: str | None = None) -> Numbers:
    """The film as it begins, before the first step."""
    data, (start, first) = boundaries_data(settings), (None, 0) if own is None else start_of(own)
    trainer = boundaries_trainer(settings, data, start, (first,), first)
    return _of(trainer, data, settings, own is not None, finished=False)


def _of(
    trainer: Trainer,
    data: PlaneData,
    settings: Settings,
    own: bool,
    finished: bool,
    judged: Verdict | None = None,
) -> Numbers:
    """What a trainer has done so far, as numbers."""
    film = stage_film(trainer, data, settings.inputs, finished)
    end = outcome(trainer, data, judged)
    return Numbers(film, end, finished, own, settings, suits(trainer))


def trains_on(settings: Settings, sent: str) -> bool:
    """Whether what the stage sent is a start for the settings' network."""
    try:
        theta = start_of(sent).theta
    except ValueError:
        return False
    return theta.size == boundaries_net(settings).theta.size and bool(np.isfinite(theta).all())


def picture(numbers: Numbers, brief: bool = False) -> StageFilm:
    """The film itself."""
    return numbers.film


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """What the film shows on its way; then what it came to, why, and what could be tried."""
    film = numbers.film
    return [*on_the_way(film), Said(int(film.steps[-1]), at_the_end(numbers, brief))]


def at_the_end(numbers: Numbers, brief: bool = False) -> str:
    """What the film came to, or has come to so far; why, and what could be tried.

    Where there is a point, the one its settings were chosen to show, that has explained the
    picture, so only its numbers follow. `brief` leaves two sentences.
    """
    end, settings = numbers.end, numbers.settings
    point = point_of(PRESETS, settings)
    if numbers.own:
        point = ""  # it had another start
    told = bool(point) or numbers.own  # of which the page says where it is from
    why = [] if end.verdict is None or told else _why(end, end.verdict, settings)
    why = list(filter(None, why))
    if end.diverged_at is not None:
        came_to = _diverged(end.diverged_at)
    else:
        came_to = _came_to(end, numbers.finished, told or brief, bool(why))
    if brief:
        many = settings.classes() > NAMED  # whose names take the room of the second one
        why = why[: 0 if many else 1]
    return sentences(point, came_to, *why)


def _diverged(step: int) -> str:
    return (
        f"At step **{step:,}** the numbers left what a computer can hold: training *diverged*. "
        "Go back in the film to see how."
    )


def _came_to(end: Outcome, finished: bool, briefly: bool, explained: bool) -> str:
    """How far it came, in numbers; in one sentence if `briefly`, or if it is `explained` next."""
    passes = f" ({end.epochs:,.0f} epochs)" if end.epochs < end.step and not briefly else ""
    if not finished:
        passes = " (its latest frame)"  # some steps have been taken since
    briefly = briefly or explained
    steps = f"at step **{end.step:,}**" if end.since else f"after **{end.step:,}** steps"
    after = f"{'At the end' if finished else 'So far'}, {steps}{passes},"
    loss = (
        f"loss **{number(end.loss)}**"
        if briefly
        else (f"Loss (how wrong it is): **{number(end.loss)}**")
    )
    return f"{after} {_scores(end)}{'; ' if briefly else '. '}{loss}{_tested(end, briefly)}."


def _tested(end: Outcome, briefly: bool) -> str:
    if briefly or end.test_loss is None or not end.classes:
        return ""
    return f", on unseen points **{number(end.test_loss)}**"


def _scores(end: Outcome) -> str:
    """How many of its answers are right, or how far they are off."""
    if not end.classes:
        unseen = None if end.test_loss is None else end.test_loss**0.5
        off = off_by(end.loss**0.5, end.unit, unseen)
        if end.one_number is not None:
            return f"it answers about **{number(end.one_number)}** to every point, {off}"
        return f"its answers are {off}"
    if end.classes == 2 and len(end.targets) == FOUR and end.test_accuracy is None:
        stuck = end.verdict is not None and isinstance(end.verdict.reason, Stuck)
        return four_answers(end.answers, end.targets, stuck)
    seen = "" if end.test_accuracy is None else f", **{end.test_accuracy:.1%}** of unseen ones"
    if end.one_class is not None:
        colour = COLOURS[end.one_class]
        return f"it calls every point *{colour}*: **{end.accuracy:.1%}** are right{seen}"
    return f"it gets **{end.accuracy:.1%}** of its points right{seen}"


def _why(end: Outcome, verdict: Verdict, settings: Settings) -> list[str]:
    """What its loss did and why, and what may help: a sentence each, if there is one."""
    course = verdict.course
    if verdict.diverged or verdict.good:
        course = course._replace(went=Went.UNCLEAR)
    (slowest, *_, fastest), epochs = Settings.values_of("lr"), Settings.values_of("epochs")
    shorter = settings.lr > slowest
    held = settings.l1 or settings.l2 or settings.dropout
    longer = not held and (settings.lr < fastest or settings.epochs < epochs[-1])
    told = verdict.diverged or isinstance(verdict.reason, DeadLayer | Unheard)
    dead = "" if told else _dead(end)
    remedy = "" if verdict.remedy else may_help(verdict, shorter, longer)
    return [why_words(course, verdict.reason), remedy, dead]


def _dead(end: Outcome) -> str:
    if not end.dead:
        return ""
    units = "One hidden unit is" if end.dead == 1 else f"{end.dead} hidden units are"
    return f"{units} *dead*: 0 at every point."


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """One thing to try, once the film is whole."""
    return next_try(settings, numbers.end, numbers.own) if numbers.finished else None


def measured(numbers: Numbers) -> Measured | None:
    """What a goal can ask of a film that is whole; of answers, at all points that there are."""
    film, end = numbers.film, numbers.end
    if not numbers.finished:
        return None
    if end.diverged_at is not None:
        return Measured(diverged=True)
    units = sum(film.sizes[1:-1])
    if not end.classes:
        return Measured(end.loss, units=units)
    learned, unseen = len(film.data.x_train), len(film.data.x_test)
    right = round(end.accuracy * learned) + round((end.test_accuracy or 0.0) * unseen)
    return Measured(end.loss, right / (learned + unseen), learned + unseen, units)


def maths(numbers: Numbers) -> list[str]:
    """Forward, loss, backward and the step, for the network on the stage."""
    film = numbers.film
    layers, n = len(film.sizes) - 1, len(film.data.x_train)
    bend = {"sigmoid": r"\sigma", "softmax": r"\mathrm{softmax}"}.get(film.output)
    answer = rf"{bend}(z_{{{layers}}})" if bend else rf"z_{{{layers}}}"
    if film.output == "softmax":
        loss, slope = r"-\frac1n \sum_k \ln \hat y_{k, t_k}", r"\tfrac1n (\hat y - t)"
    elif film.loss == "cross_entropy":
        loss = r"-\frac1n \sum_k \big( t_k \ln \hat y_k + (1 - t_k) \ln (1 - \hat y_k) \big)"
        slope = r"\tfrac1n (\hat y - t)"
    else:
        loss, slope = r"\frac1n \sum_k (\hat y_k - t_k)^2", r"\tfrac2n (\hat y - t)"
    last = rf"\frac{{\partial L}}{{\partial z_{{{layers}}}}} = {slope}"
    lines = [
        "Forward, for all points at once (a row each); $x$ holds "
        f"{', '.join(film.inputs)}, and the layers have {'-'.join(map(str, film.sizes))} units:",
        set_in_maths.forward(film.activations, rf"\hat y = {answer}"),
        f"The loss, averaged over the points of a batch (the curve shows all n = {n:,}):",
        f"$$L = {loss}$$",
        *set_in_maths.backward(len(film.activations), last),
        *set_in_maths.step(numbers.settings.optimizer),
    ]
    if film.output == "softmax":
        lines.append(
            r"*Softmax* makes one probability a class of the sums, "
            r"$\hat y_j = e^{z_j} / \sum_i e^{z_i}$; in the slope $t$ is 1 in the place of the "
            "right class, else 0."
        )
    if n == FOUR and film.loss == "cross_entropy":
        lines.append(
            "An answer of ½ everywhere has loss ln 2 ≈ 0.693; two of the four points right and two "
            "stuck at ½ have ½ ln 2 ≈ 0.347."
        )
    return lines


CODE: list[Piece] = [boundaries_trainer, Trainer]


def downloads(numbers: Numbers) -> list[Download]:
    """All that can be taken along."""
    return take_along(numbers.film, numbers.settings, numbers.own)


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
    presets=PRESETS,
    growing=growing,
    trains_on=trains_on,
    starts_over=starts_over,
    placing=True,
    building=Building(buildable, built),
    predict=Predict(question, before),
    measured=measured,
    saved_as="boundaries.html",
    downloads=downloads,
    other_links=OtherLinks("TensorFlow Playground", "playground", opened),
    heights=("57vh", "64vh"),
)
