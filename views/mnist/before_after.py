"""What has changed? Two moments of a training, or two trainings, beside each other."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from datasets.digits import Kind, Subject
from figures.before_after import BeforeAfter, Images, Moments, Pair
from figures.image_words import ONE, so_many, when
from figures.words import as_written, listed, sentences
from nn_core import confusion_matrix
from recipes.before_after import Changed, changed, differing, in_words
from recipes.settings import APART, between, text
from runs.answers import Unseen, answers, net_at, steps_of
from runs.files import A_NAME
from runs.recording import Recording
from runs.run import Run
from views.mnist.look import ANY, MOST_CLASSES, MOST_STEPS, Look, LookSettings, as_bytes, look
from views.view import Piece, View

NAME = "before and after"
SHOWN, UNITS = 12, 24  # images only one of the two reads right, of each kind; and units
FEWER = 5, 4  # on a projector
GONE = "The other run is not on this server any more: choose another one."
NAMED = 4  # settings that differ


def parse_run(written: str) -> str:
    """The name of a run, "" of none. ValueError, with a sentence for the reader, if it is none."""
    known = written in ("", *(one.name.lower() for one in Recording))
    if not known and not (isinstance(written, str) and A_NAME.fullmatch(written)):
        raise ValueError("expected the name of a run, as its own link has it after “run=”")
    return written


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, and which other one, or other moment, stands beside it."""

    other_run: str = text(
        "", parse_run, "Other run", "Its name, study_notes, crooked, or none: the same run.", APART
    )
    other_moment: int = between(
        ANY,
        ANY,
        MOST_STEPS,
        1,
        "Moment before",
        "The step; −1 is one near the first epoch of the same run, the latest of another.",
        stands=APART,
    )
    truth: int = between(
        ANY, ANY, MOST_CLASSES - 1, 1, "What it is", "A class.", APART, low_is="any"
    )


class Numbers(NamedTuple):
    """Two networks on the same images."""

    look: Look  # the second
    first: Look | None  # the other one, or the same before; None if there is none
    first_steps: list[int]  # the moments at which that one can be looked at
    other: str  # which run that is of, "" of the same
    apart: str  # why nothing can be set beside each other, as a sentence
    truth: int  # the class that is looked at, −1 any
    counts: np.ndarray  # (classes,) images of each
    right: np.ndarray  # (2, classes) those that each reads right
    changed: Changed
    weights: list[np.ndarray]  # of both, (pixels, hidden)
    settings: dict[str, str]  # of the second's run, in words
    differ: list[tuple[str, str, str]]  # which of them the first has otherwise
    run: str  # the id of the second's run

    @property
    def same(self) -> bool:
        """Whether both are of one run."""
        return not self.other


def numbers(settings: Settings, run: Run, unseen: Unseen, other: Run | None = None) -> Numbers:
    """A run's network beside another's, or beside itself at another moment.

    `other` is the run that the settings name, None if it is not here, or the same.
    """
    now = look(settings, run, unseen)
    classes, none = len(now.subject.classes), np.empty(0, int)
    truth = settings.truth if settings.truth < classes else ANY
    named = "" if settings.other_run == run.id else settings.other_run
    words = in_words(run.settings, run.digits)
    there = other if named else run
    found = Numbers(
        now,
        None,
        steps_of(there) if there else [],
        named,
        _apart(run, there),
        truth,
        np.zeros(classes, int),
        np.zeros((2, classes), int),
        Changed(none, none),
        [],
        words,
        differing(in_words(there.settings, there.digits), words) if there else [],
        run.id,
    )
    if now.nothing or found.apart or there is None:
        return found
    asked = settings.other_moment
    if asked < 0 and not named:
        asked = early(found.first_steps, run.saved().steps_per_epoch)
    first = look(replace(settings, moment=asked), there, unseen)
    if first.answers.lost:
        lost = "The network before has numbers that are no longer finite: it reads nothing."
        return found._replace(first=first, apart=lost)
    both = (first.answers, now.answers)
    tables = [confusion_matrix(one.said.astype(int), unseen.t, classes) for one in both]
    return found._replace(
        first=first,
        counts=tables[0].sum(axis=1),
        right=np.array([np.diagonal(table) for table in tables]),
        changed=changed(unseen.t, [one.said for one in both], [one.sure for one in both], truth),
        weights=[net_at(one, at.moment).dense[0].W for one, at in ((there, first), (run, now))],
    )


def early(steps: list[int], epoch: int) -> int:
    """Of all moments but the latest the one nearest to the end of the first epoch, a step, too."""
    return min(steps[:-1] or steps, key=lambda step: abs(step - epoch))


def _apart(run: Run, other: Run | None) -> str:
    """Why two runs cannot be set beside each other, as a sentence; "" if they can."""
    if other is None:
        return GONE
    one, two = run.digits, other.digits
    learned = f"The other run learned from {as_written(two.title, 60)}"
    if one.side != two.side:
        size = f"{two.side}×{two.side} pixels and not {one.side}×{one.side}"
        return f"{learned}, images of {size}: the two cannot read the same."
    if one.classes != two.classes:
        return f"{learned}, whose classes are others: the two cannot read the same."
    return ""


def picture(numbers: Numbers, brief: bool = False) -> BeforeAfter:
    """What both read of each class, the images that one alone reads right, and weights."""
    now, first = numbers.look, numbers.first
    pair = None if numbers.apart or first is None else _pair(numbers, first, brief)
    left = first or now
    return BeforeAfter(
        now.subject.classes,
        ("before", "after") if numbers.same else ("the other", "this one"),
        numbers.other,
        numbers.apart == GONE,
        _choices(now),
        numbers.run,
        numbers.settings,
        numbers.truth,
        pair,
        Moments(numbers.first_steps if first else now.moments, left.epochs, left.at),
        Moments(now.moments, now.epochs, now.at),
    )


def _choices(now: Look) -> dict[str, str]:
    """The recordings that can be set beside a run, by name."""
    return {
        one.name.lower(): f"a recording: {one.title}"
        for one in Recording
        if one.title != now.recording and now.subject[2:] == Subject.of(Kind.MNIST)[2:]
    }


def _pair(numbers: Numbers, first: Look, brief: bool) -> Pair:
    now, alone = numbers.look, "only before" if numbers.same else "only by the other"
    gained = "only after" if numbers.same else "only by this one"
    one, two = numbers.weights
    comparable = one.shape == two.shape
    order = np.argsort(-np.linalg.norm(two - one, axis=0), kind="stable") if comparable else None
    images, most = FEWER if brief else (SHOWN, UNITS)
    units = [(np.arange(W.shape[1]) if order is None else order)[:most] for W in (one, two)]
    return Pair(
        numbers.counts,
        numbers.right,
        _images(now, first, numbers.changed.gained, gained, images),
        _images(now, first, numbers.changed.lost, alone, images),
        units,
        [W[:, which].T for W, which in zip((one, two), units, strict=True)],
        comparable,
    )


def _images(now: Look, first: Look, found: np.ndarray, which: str, most: int) -> Images:
    """The first of some images, and what both networks say of them."""
    shown, both = found[:most], (first.answers, now.answers)
    count = f"{len(found):,}" if len(found) else "None"
    return Images(
        f"{count} read right {which}",
        shown + 1,
        as_bytes(now.unseen.x[shown]),
        now.unseen.t[shown],
        np.array([one.said[shown] for one in both]),
        np.array([one.sure[shown] for one in both]),
    )


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How many each of the two reads right, what only one does, and what they differ in."""
    now, first = numbers.look, numbers.first
    if now.nothing:
        return now.nothing
    if numbers.apart or first is None:
        return numbers.apart
    of = f"{len(now.unseen.t):,} test {now.subject.things}"
    if now.unseen.few:
        of += " that came with the recording"
    before, after = (int(one.sum()) for one in numbers.right)
    reads = f"**{before:,} of {of}** right"
    return sentences(
        f"{_whose(first, numbers.same, 0)} reads {reads}, {_whose(now, numbers.same, 1)} "
        f"**{after:,}**.",
        _alone(numbers),
        "" if brief else _most(numbers),
        "" if numbers.same else _settings(numbers, brief),
        "" if brief else now.follows,
    )


def _whose(one: Look, same: bool, second: int) -> str:
    """A network and its moment: at the beginning of a sentence, or within it."""
    after = when(one.moment.epoch, one.moment.exact)
    if same:
        return after if second else one.whose
    if one.recording:
        name = f"{one.recording} (a **recording**)"
    else:
        name = "this run" if second else "the other run"
    return f"{name} {after}" if second else f"{name[0].upper()}{name[1:]} {after}"


def _alone(numbers: Numbers) -> str:
    """How many only one of the two reads right, of the class that is looked at."""
    gained, lost = (f"**{len(found):,}**" for found in numbers.changed)
    second, first = ("after", "before") if numbers.same else ("by this one", "by the other")
    said = f"ead right only {second}: {gained}; only {first}: {lost}."
    classes, truth = numbers.look.subject.classes, numbers.truth
    if truth < 0:
        return f"R{said}"
    return f"Of {so_many(classes, truth, int(numbers.counts[truth]))}, r{said}"


def _most(numbers: Numbers) -> str:
    """The class whose share has changed most."""
    shares = numbers.right / np.maximum(numbers.counts, 1)
    by = np.abs(shares[1] - shares[0])
    if numbers.truth >= 0 or not by.max():
        return ""
    most = int(by.argmax())
    if (by == by[most]).sum() > 1:
        return ""
    of = so_many(numbers.look.subject.classes, most, int(numbers.counts[most]))
    before, after = numbers.right[:, most]
    return f"They are furthest apart on {of}: {before:,} right and {after:,}."


def _settings(numbers: Numbers, brief: bool) -> str:
    """What the two runs differ in."""
    count = len(numbers.differ)
    if not count:
        return "Their settings are the same."
    if brief and count > 1:
        return f"They differ in {ONE[count] if count < len(ONE) else count} settings."
    differ = [
        f"{name} ({as_written(one, 40)}, here {as_written(two, 40)})"
        for name, one, two in numbers.differ[:NAMED]
    ]
    more = [f"{count - NAMED} more"] if count > NAMED else []
    return f"They differ in {listed(differ + more)}."


MATHS = [
    "Both networks read the same test images, from which neither has learned: those of the run on "
    "the right. Of class $k$ they read the shares",
    r"$$\frac{1}{n_k} \sum_{i:\, t_i = k} [\arg\max p_i = k]$$",
    "right. An image is *gained* if only the second reads it right, *lost* if only the first does, "
    "so that what the second reads right is what the first does, plus gained, minus lost. The "
    "surest answers come first.",
    r"The small pictures are the weights $W_{\cdot j}$ of the first layer, of both networks and "
    "their difference on one range of colours, those with the longest difference "
    r"$\lVert W'_{\cdot j} - W_{\cdot j} \rVert$ first. Units of two trainings that began "
    "differently have nothing in common but their number.",
]

CODE: list[Piece] = [answers, confusion_matrix, changed, differing]

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    maths=MATHS,
    code=CODE,
)
