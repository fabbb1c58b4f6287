"""What the network reads on the paper: a drawing, or a test image."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from datasets.digits import TEN, Digits, Kind, Subject, as_numbers
from datasets.drawn import Strokes, as_digit, in_two_places, scribbled
from figures.image_words import share, when
from figures.words import a_class
from nn_core import Sequential, SoftmaxCrossEntropy
from recipes.switched_off import Unit, without
from recipes.trust import Trust
from runs.answers import moment_of, net_at
from runs.recording import Recording, recorded_digits, recorded_run, recorded_trust
from runs.run import Progress, Run
from runs.shelf import bundled

UNSURE = 0.6  # an answer less likely than that is no answer
SECOND_THOUGHT = 0.15  # a second class at least so likely is worth naming
OR_ELSE = 0.05  # the same, where it is said that the first is not sure
TRIED_ON = 500  # test images, to see what matters and to read one from


class OnPaper(NamedTuple):
    """What is on the paper: a drawing, a test image, or nothing."""

    image: np.ndarray | None  # (side²,) as a network sees it; None if there is nothing
    label: int | None = None  # the class of a test image
    doubt: str = ""  # why it may be no digit


class Reader(NamedTuple):
    """A network that reads what is on the paper, and what its column is called."""

    net: Sequential
    name: str = ""
    trust: Trust | None = None  # if it was measured how far its answers can be believed
    walled: bool = True  # whether the wall of weights shows this network
    classes: tuple[str, ...] = TEN  # what its outputs stand for
    key: str = ""  # names these very weights; "" of those that are not to be had in the browser
    off: tuple[Unit, ...] = ()  # which of its hidden units are, here and at every other moment


class Reading(NamedTuple):
    """What a network says to what is on the paper."""

    probabilities: np.ndarray  # (classes,), NaN if there is nothing
    words: str


def drawn_on(strokes: Strokes, subject: Subject) -> OnPaper:
    """What a network that learned from such images sees of a drawing."""
    image = as_digit(strokes, subject.side)
    if image is None or not subject.digits:
        return OnPaper(image)
    if in_two_places(strokes):
        return OnPaper(image, doubt="ink in two places")
    return OnPaper(image, doubt="more ink than one has" if scribbled(strokes) else "")


def reading(reader: Reader, paper: OnPaper) -> Reading:
    """What a network says to what is on the paper, or to an empty one."""
    if paper.image is None:
        nothing = np.full(len(reader.classes), np.nan)
        return Reading(nothing, answer(None, classes=reader.classes))
    x = paper.image[np.newaxis]
    with np.errstate(all="ignore"):
        probabilities = SoftmaxCrossEntropy().output(reader.net.predict(x))
    sure, doubt = None, paper.doubt
    if reader.trust:
        certain, strange = reader.trust.judged(x, probabilities)
        sure = bool(certain[0])
        if strange[0]:
            doubt = doubt or "unlike those it has seen"
    return Reading(
        probabilities[0], answer(probabilities[0], paper.label, doubt, sure, reader.classes)
    )


def certain(probabilities: np.ndarray) -> np.ndarray:
    """Which answers (n, classes) name one class and no other, by the network's numbers, (n,)."""
    second, first = np.sort(probabilities, axis=-1)[..., -2:].T
    found: np.ndarray = (first >= UNSURE) & (second < SECOND_THOUGHT)
    return found


def answer(
    probabilities: np.ndarray | None,
    label: int | None = None,
    doubt: str = "",
    sure: bool | None = None,
    classes: Sequence[str] = TEN,
) -> str:
    """What the network says to what is on the paper, in words; `label` is what it is, if known.

    `probabilities` is (classes,), or None if there is nothing on the paper; `doubt` why it may be
    no digit. `sure` is None for a network of which it was not measured how far to believe it: its
    words then say what it reads and never that it is sure.
    """
    if probabilities is None:
        draw = "Draw a digit" if set(classes) <= set(TEN) else "Draw something"
        return f"{draw}: the network says what it reads."
    if not np.isfinite(probabilities).all():
        return "This network's numbers are no longer finite: it cannot say anything."
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    best, other = (f"{a_class(classes, k)} ({share(probabilities[k])})" for k in (first, second))
    if doubt:
        said = f"Perhaps no digit ({doubt}): it reads {best}."
    elif sure:
        said = f"Sure: {best}."
    elif probabilities[first] < UNSURE:
        said = f"Not sure: {best} or {other}."
    elif sure is not None:
        said = f"Likely {best}{f', or {other}' if probabilities[second] >= OR_ELSE else ''}."
    elif not certain(probabilities):
        said = f"{best[0].upper()}{best[1:]}, perhaps {other}."
    else:
        said = f"It reads {best}."
    if label is None:
        return said
    return f"{said} Right." if label == first else f"{said} It is {a_class(classes, label)}."


def tried_on(run: Run, digits: Digits) -> tuple[np.ndarray, np.ndarray]:
    """Some test images that the run can read, (n, pixels) and (n,): of those that are here, if
    they are of its size and classes. None where it learned from others, and no digits like ours.
    """
    here, there = run.digits, digits.subject
    if (here.side, here.classes) == (there.side, there.classes):
        return as_numbers(digits.x_test[:TRIED_ON]), digits.t_test[:TRIED_ON]
    if here.kind is Kind.BUNDLED:
        return bundled().x_test[:TRIED_ON], bundled().t_test[:TRIED_ON]
    if (here.side, here.classes) == (Kind.MNIST.side, TEN):
        return recorded_digits()
    return np.empty((0, here.pixels), np.float32), np.empty(0, int)


def readers(run: Run, progress: Progress | None = None, off: tuple[Unit, ...] = ()) -> list[Reader]:
    """Who reads the paper: a run's network, as it is now or was at `progress`, or, of the
    recordings, both. The one that has seen crooked digits is asked first.

    The network on the wall reads without the units that are `off`.
    """
    who = [_its_reader(run, progress or run.look())] if run.id else _recorded_readers(run)
    return [_without(reader, off) if reader.walled and off else reader for reader in who]


def _without(reader: Reader, off: tuple[Unit, ...]) -> Reader:
    """Without these units; how far it can be believed was measured with all on."""
    units = "1 unit off" if len(off) == 1 else f"{len(off)} units off"
    return reader._replace(
        net=without(reader.net, off),
        name=f"{reader.name}, {units}" if reader.name else units.capitalize(),
        trust=None,
        key=reader.key and f"{reader.key} without {off}",
        off=off,
    )


def _recorded_readers(run: Run) -> list[Reader]:
    nets = {which: recorded_run(which) for which in Recording}
    return [
        Reader(
            nets[which].net(nets[which].look()),
            name,
            recorded_trust() if which is Recording.CROOKED else None,
            run.settings == which.settings,
            key=which.name,
        )
        for which, name in (
            (Recording.CROOKED, "Crooked digits"),
            (Recording.STUDY_NOTES, "Study notes"),
        )
    ]


def _its_reader(run: Run, progress: Progress) -> Reader:
    """A run's network at this progress; while it trains that of its latest whole epoch, if any.

    So the browser gets it once an epoch, and answers with the weights with which this server does.
    """
    classes, live = run.digits.classes, progress.state.live
    latest = moment_of(run, -1) if live else None
    if latest is not None and latest.epoch >= 1:
        name = when(latest.epoch, exact=True).capitalize()
        return Reader(net_at(run, latest), name, classes=classes, key=f"{run.id} {latest.step}")
    lost = not np.isfinite(progress.theta).all()
    key = "" if live or lost else f"{run.id} {progress.step}"
    return Reader(run.net(progress), classes=classes, key=key)
