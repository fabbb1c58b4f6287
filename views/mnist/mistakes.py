"""What does it take for what, and how sure should one be? All its answers to the test images."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from figures.image_words import ONE, one_of, plain_one, plain_so_many, share, so_many
from figures.mistakes import Mistakes
from figures.words import listed, sentences
from nn_core import SoftmaxCrossEntropy, confusion_matrix
from recipes.mistakes import Reliability, found, most_often, reliability
from recipes.settings import APART, between
from runs.answers import Unseen, answers
from runs.run import Run
from views.mnist import one_image
from views.mnist.look import ANY, MOST_CLASSES, Look, LookSettings, as_bytes, look
from views.view import Piece, TryThis, View

NAME = "mistakes"
SHOWN = 24  # images
ENOUGH = 20  # answers, to say of how many of them were right
NAMED = 2  # mistakes that are as frequent as each other


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, and which of its answers are looked at."""

    truth: int = between(
        ANY, ANY, MOST_CLASSES - 1, 1, "What it is", "A class.", APART, low_is="any"
    )
    guess: int = between(
        ANY, ANY, MOST_CLASSES - 1, 1, "What it is read as", "A class.", APART, low_is="any"
    )


class Numbers(NamedTuple):
    """All answers of a network, counted, and those that are looked at."""

    look: Look
    counts: np.ndarray  # (classes, classes): what an image is, what it is taken for
    truth: int  # the class that is looked at, −1 any
    guess: int  # and what it is taken for
    found: np.ndarray  # (n,) which images these are, the surest first
    believed: Reliability


def numbers(settings: Settings, run: Run, unseen: Unseen) -> Numbers:
    """What a run's network makes of these test images."""
    now = look(settings, run, unseen)
    classes, said, sure = len(now.subject.classes), now.answers.said, now.answers.sure
    truth, guess = (k if k < classes else ANY for k in (settings.truth, settings.guess))
    if now.nothing:
        none = np.empty(0)
        counts = np.zeros((classes, classes), int)
        return Numbers(now, counts, ANY, ANY, none.astype(int), reliability(none, none))
    return Numbers(
        now,
        confusion_matrix(said.astype(int), unseen.t, classes),
        truth,
        guess,
        found(unseen.t, said, sure, truth, guess),
        reliability(sure, now.right),
    )


def picture(numbers: Numbers, brief: bool = False) -> Mistakes:
    """The table, the images of what is chosen in it, and how far its percentages are right."""
    now, shown = numbers.look, numbers.found[:SHOWN]
    return Mistakes(
        now.subject.classes,
        numbers.counts,
        numbers.truth,
        numbers.guess,
        heading(numbers),
        len(numbers.found),
        shown + 1,
        as_bytes(now.unseen.x[shown]),
        now.unseen.t[shown],
        now.answers.said[shown],
        now.answers.sure[shown],
        numbers.believed,
        now.moments,
        now.epochs,
        now.at,
    )


def heading(numbers: Numbers) -> str:
    """What is said of the chosen images, in plain text."""
    right = numbers.truth == numbers.guess >= 0
    first = "the least sure first" if right else "the surest first"
    if not len(numbers.found):
        return f"{_chosen(numbers)}."
    return f"{_chosen(numbers)}: {first}" if len(numbers.found) > 1 else f"{_chosen(numbers)}:"


def _chosen(numbers: Numbers) -> str:
    """What is looked at, and how many images that is."""
    classes, count = numbers.look.subject.classes, len(numbers.found)
    truth, guess = numbers.truth, numbers.guess
    some = f"{count:,}" if count else "None"
    if truth < 0 and guess < 0:
        return f"{some} of {len(numbers.look.unseen.t):,} misread"
    if truth >= 0 and not numbers.counts[truth].any():
        return f"No test image is {plain_one(classes, truth)}"
    if truth < 0:
        if not count:
            return f"Nothing else taken for {plain_one(classes, guess)}"
        others = "other image" if count == 1 else "other images"
        return f"{some} {others} taken for {plain_one(classes, guess)}"
    of = plain_so_many(classes, truth, int(numbers.counts[truth].sum()))
    if guess < 0:
        return f"{some} of {of} misread"
    if truth == guess:
        return f"{some} of {of} read right"
    return f"{some} of {of} taken for {plain_one(classes, guess)}"


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How many it reads right, what it mistakes for what, and how far to believe its percent."""
    now = numbers.look
    if now.nothing:
        return now.nothing
    right, all_of_them = int(now.right.sum()), len(now.unseen.t)
    which = f"test {now.subject.things}"
    if now.unseen.few:
        which += " that came with the recording"
    return sentences(
        f"{now.whose} reads **{right:,} of {all_of_them:,}** {which} right.",
        _mistaken(numbers),
        _surest(numbers),
        _believed(numbers, brief),
        "" if brief else now.follows,
    )


def _mistaken(numbers: Numbers) -> str:
    """What of the chosen images it takes for what; where none are chosen, what it does most."""
    classes, truth, guess = numbers.look.subject.classes, numbers.truth, numbers.guess
    if truth >= 0 and not numbers.counts[truth].any():
        return f"None of the test {numbers.look.subject.things} is {one_of(classes, truth)}."
    if truth < 0 and guess < 0:
        return _most_often(classes, numbers.counts)
    if truth < 0:
        return _taken_for(classes, numbers.counts, guess)
    of = so_many(classes, truth, int(numbers.counts[truth].sum()))
    if guess < 0:
        return _taken_from(classes, numbers.counts, truth, of)
    count = int(numbers.counts[truth, guess])
    some = f"**{count:,} of {of}**" if count else f"none of {of}"
    if truth == guess:
        return f"It reads {some} right."
    return f"It takes {some} for {one_of(classes, guess)}."


def _most_often(classes: Sequence[str], counts: np.ndarray) -> str:
    """The mistake of the strongest colour in the table, or all that have the same percent there."""
    often = most_often(counts)
    if not often:
        return ""
    most = _in_the_table(often[0][2])
    equal = [(is_a, said) for is_a, said, part in often if _in_the_table(part) == most]
    of = {
        cell: f"**{counts[cell]:,} of {so_many(classes, cell[0], int(counts[cell[0]].sum()))}**"
        for cell in equal[:NAMED]
    }
    if len(equal) == 1:
        ((is_a, said),) = equal
        it_takes = f"it most often takes {one_of(classes, is_a)} for {one_of(classes, said)}"
        return f"In % of the row {it_takes}: {of[is_a, said]}."
    named = [
        f"{one_of(classes, is_a)} taken for {one_of(classes, said)} ({of[is_a, said]})"
        for is_a, said in of
    ]
    more = [f"{len(equal) - NAMED} more"] if len(equal) > NAMED else []
    many = ONE[len(equal)] if len(equal) < len(ONE) else f"{len(equal):,}"
    return (
        f"In % of the row {many} mistakes are the most frequent, {most} each: "
        f"{listed(named + more)}."
    )


def _in_the_table(part: float) -> str:
    """A share of a row as the table in the browser has it; one too small for it by more digits."""
    if part < 0.0005:
        return share(part)
    return f"{part:.1%}" if part < 0.0995 else f"{part:.0%}"


def _taken_from(classes: Sequence[str], counts: np.ndarray, truth: int, of: str) -> str:
    """What it takes images of one class for, which are so many in words."""
    wrong = np.where(np.arange(len(classes)) == truth, 0, counts[truth])
    most = int(wrong.max())
    if not most:
        return f"It misreads none of {of}."
    equal = [one_of(classes, int(k)) for k in np.flatnonzero(wrong == most)]
    more = [f"{len(equal) - NAMED} more"] if len(equal) > NAMED else []
    said, each = listed(equal[:NAMED] + more), " each" if len(equal) > 1 else ""
    return f"It misreads **{wrong.sum():,} of {of}**, most often as {said} ({most:,}{each})."


def _taken_for(classes: Sequence[str], counts: np.ndarray, guess: int) -> str:
    """What else it takes for one class."""
    wrong = np.where(np.arange(len(classes)) == guess, 0, counts[:, guess])
    most, said = int(wrong.argmax()), one_of(classes, guess)
    if not wrong[most]:
        return f"It takes nothing else for {said}."
    others = " and others" if wrong[most] < wrong.sum() else ""
    images = "image" if wrong.sum() == 1 else "images"
    return (
        f"It takes **{wrong.sum():,}** other {images} for {said}: "
        f"{so_many(classes, most, int(wrong[most]))}{others}."
    )


def _surest(numbers: Numbers) -> str:
    """Of the mistakes that are shown, the one it was surest of."""
    if not len(numbers.found) or numbers.truth == numbers.guess >= 0:
        return ""
    now, first = numbers.look, int(numbers.found[0])
    classes = now.subject.classes
    labels = now.unseen.t[first], now.answers.said[first]
    it_is, it_says = (one_of(classes, int(label)) for label in labels)
    chosen = numbers.truth >= 0 or numbers.guess >= 0
    which = "The surest of these" if chosen else "The surest mistake"
    return (
        f"{which} is image {first + 1:,}, {it_is}: it says {it_says} with "
        f"{share(float(now.answers.sure[first]))}."
    )


def _believed(numbers: Numbers, brief: bool) -> str:
    """How many of the answers of one share were right; of those below the highest, the most."""
    believed = numbers.believed
    below = believed.answers[:-1]
    most = int(below.argmax()) if below.max() >= ENOUGH else len(below)
    count, right = int(believed.answers[most]), float(believed.right[most])
    if count < ENOUGH:
        return ""
    low, high = 100 * believed.low[most], 100 * believed.high[most]
    given = f"{count:,} answers given with {low:.0f} to {high:.0f}%"
    said = f"Of {given}, **{share(right)}** were right"
    if brief:
        return f"{said}."
    return (
        f"{said}; over all answers what it says and what is right are "
        f"{100 * believed.gap:.1f} points apart on average."
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """The most frequent mistake; from a mistake that is looked at, its surest image."""
    now, truth, guess = numbers.look, numbers.truth, numbers.guess
    often = [] if now.nothing or now.trains else most_often(numbers.counts)
    if not often:
        return None
    if truth >= 0 and guess >= 0 and truth != guess and len(numbers.found):
        image = int(numbers.found[0]) + 1
        kept = {name: getattr(settings, name) for name in LookSettings.allowed()}
        why = "from its pixels to this answer, every number a sum of others."
        opened = one_image.Settings(**kept, image=image)
        return TryThis(f"*image {image:,}*", why, opened, one_image.NAME)
    is_a, said, part = often[0]
    classes, most = now.subject.classes, _in_the_table(part)
    equal = sum(_in_the_table(other) == most for _, _, other in often)
    what = f"*{plain_one(classes, is_a)} read as {plain_one(classes, said)}*"
    which = "one of the most frequent mistakes" if equal > 1 else "the most frequent mistake"
    changed = replace(settings, truth=is_a, guess=said)
    return TryThis(what, f"the images of {which}, in % of the row.", changed, NAME)


MATHS = [
    "The network takes an image for the class of its largest probability $p$, which is how sure it "
    "says it is. Row $i$, column $j$ of the table counts the images of class $i$ that it takes for "
    "class $j$; its colour is the share of the row:",
    r"$$C_{ij} = \sum_k [t_k = i]\,[\arg\max p_k = j], \qquad \text{share}_{ij} = "
    r"\frac{C_{ij}}{\sum_m C_{im}}$$",
    "To the right the answers are sorted by how sure they are into ten groups $B$ of equal width. "
    "A dot is a group: across how sure its answers are on average, up how many of them are right. "
    "On the line the two agree. How far they are apart on average is the *expected calibration "
    "error* (Guo et al. 2017):",
    r"$$\sum_B \frac{|B|}{n}\; \Big|\, \text{right}(B) - \text{sure}(B) \,\Big|$$",
    "All images are test images: the network has learned from none of them.",
]

CODE: list[Piece] = [answers, SoftmaxCrossEntropy.output, confusion_matrix, found, reliability]

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
)
