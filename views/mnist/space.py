"""Where does it put them? What its hidden units answer to many images, as places in a plane."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from figures.image_words import one_of, share, so_many, when
from figures.space import SpacePicture, kept_words
from figures.words import listed, sentences
from recipes.hidden import hidden_answers
from recipes.space import most_mixed, nearest, placed, two_directions
from runs.answers import Unseen, moment_of, net_at
from runs.run import Run
from runs.space import Space, beside, space_of
from views.mnist.look import ANY, Look, LookSettings, look
from views.mnist.look_layer import layer_of, layer_setting
from views.view import Piece, View

NAME = "space"
NO_DIRECTIONS = (
    "This network's latest numbers are no longer finite, so there are no directions in which to "
    "lay its answers out."
)
NAMED = 2  # pairs of classes that lie as much upon each other
NARROW = 0.1  # of the picture's width: all points within so little are hardly told apart


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, and of which hidden layer the answers are looked at."""

    layer: int = layer_setting()


class Numbers(NamedTuple):
    """Where a network puts the first of these images, at all moments and at one."""

    look: Look
    space: Space
    layer: int  # from 1 on
    layers: int
    units: int  # of that layer
    at: int  # which moment of the space
    t: np.ndarray  # (n,) the classes of the images
    now: np.ndarray  # (n,) whether an image's nearest is of its own class
    before: np.ndarray  # the same at the first moment
    mixed: list[tuple[int, int, int]]  # the two classes that lie most upon each other
    wrong: str  # what the link asks for that is not here, as a sentence


def numbers(settings: Settings, run: Run, unseen: Unseen) -> Numbers:
    """Where a run's network puts these test images."""
    net = net_at(run, moment_of(run, settings.moment))
    layer, wrong = layer_of(settings.layer, net)
    space = space_of(run, unseen, layer + 1)
    asked, latest = settings.moment, len(space.steps) - 1
    at = latest if asked < 0 else int(np.abs(np.array(space.steps) - asked).argmin())
    shown = look(replace(settings, moment=ANY if at == latest else space.steps[at]), run, unseen)
    shown = shown._replace(lacks=_lacks(space, shown.subject.things))
    t = unseen.t[: space.places.shape[1]]
    none = np.empty(0, bool)
    layers, units = len(net.dense) - 1, net.dense[layer].n_out
    found = Numbers(shown, space, layer + 1, layers, units, at, t, none, none, [], wrong)
    if shown.nothing:
        return found
    others = beside(space, at)
    return found._replace(
        now=t[others] == t,
        before=t[beside(space, 0)] == t,
        mixed=most_mixed(t, others, len(shown.subject.classes)),
    )


def _lacks(space: Space, things: str) -> str:
    """Why there is nothing to lay out, as a sentence; "" if there is something."""
    if space.lost:
        return NO_DIRECTIONS
    if space.places.shape[1] < 2:
        return f"A single test {things[:-1]} has no neighbour to lie beside."
    if not space.places.any():
        return "Its hidden units answer the same to every image: all lie on one spot."
    return ""


def picture(numbers: Numbers, brief: bool = False) -> SpacePicture:
    """The points at all moments, and of each class how many lie by their own."""
    classes, space = numbers.look.subject.classes, numbers.space
    return SpacePicture(
        classes,
        numbers.t,
        space.places,
        space.drawn,
        np.bincount(numbers.t, numbers.now, len(classes)).astype(int),
        space.shares,
        numbers.layer,
        numbers.layers,
        [*space.steps[:-1], ANY],
        space.epochs,
        numbers.at,
    )


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How many lie by their own class, which classes lie upon each other, what is not seen."""
    if numbers.look.nothing:
        return numbers.look.nothing
    return sentences(
        numbers.wrong,
        f"{numbers.look.whose} {_puts(numbers, brief)}.",
        _neighbours(numbers),
        _mixed(numbers),
        _yours(numbers),
        _seen(numbers, brief),
        "" if brief else numbers.look.follows,
    )


def _puts(numbers: Numbers, brief: bool) -> str:
    """What is shown, and how many."""
    count, all_of_them = len(numbers.t), len(numbers.look.unseen.t)
    first = "the first " if count < all_of_them else ""
    which = f"{first}{count:,} test {numbers.look.subject.things}"
    if numbers.look.unseen.few:
        which += " that came with the recording"
    if brief:
        return f"puts {which} as here"
    of = f"{numbers.units} hidden unit{'' if numbers.units == 1 else 's'}"
    if numbers.layers > 1:
        of += f" of layer {numbers.layer}"
    return f"puts {which} where the answers of its {of} say"


def _neighbours(numbers: Numbers) -> str:
    """How many have one of their own class as nearest, at this moment and at the first."""
    count, classes = len(numbers.t), numbers.look.subject.classes
    if (numbers.t == numbers.t[0]).all():
        return f"All are of one class: {so_many(classes, int(numbers.t[0]), count)}."
    now = (
        f"**{numbers.now.sum():,} of {count:,}** have one of their own class nearest in the picture"
    )
    if not numbers.at:
        return sentences(f"{now}.", _narrow(numbers))
    epoch = numbers.space.epochs[0]
    first = "before training" if not epoch else when(epoch, exact=True)
    return f"{now}; {first}, seen along the same directions, it was {numbers.before.sum():,}."


def _narrow(numbers: Numbers) -> str:
    """How little of the picture all points take, where that is hardly more than a spot."""
    places = numbers.space.places.astype(int)
    wide = np.ptp(places[numbers.at], axis=0).max() / np.ptp(places, axis=(0, 1)).max()
    return f"They all lie within {share(wide)} of its width." if wide < NARROW else ""


def _mixed(numbers: Numbers) -> str:
    """Which two classes have most often one of the other as nearest."""
    if not numbers.mixed:
        return ""
    classes = numbers.look.subject.classes
    named = [_pair(classes, numbers.t, *pair) for pair in numbers.mixed[:NAMED]]
    more = len(numbers.mixed) - NAMED
    others = [f"{more} more pair{'' if more == 1 else 's'}"] if more > 0 else []
    if len(named) == 1:
        return f"No two classes lie more upon each other than {named[0]}."
    return f"Most upon each other lie {listed(named + others)}."


def _pair(classes: Sequence[str], t: np.ndarray, one: int, other: int, count: int) -> str:
    """Two classes, and how many of both have one of the other as nearest."""
    both = int((t == one).sum() + (t == other).sum())
    names = f"{one_of(classes, one)} and {one_of(classes, other)}"
    return f"{names} (**{count:,} of {both:,}** have one of the other nearest)"


def _yours(numbers: Numbers) -> str:
    """Of which class the image is that lies nearest to a drawing, if there is one."""
    space, at = numbers.space, numbers.at
    if space.drawn is None:
        return ""
    apart = space.places[at].astype(float) - space.drawn[at]
    beside = int((apart**2).sum(axis=1).argmin())
    what = one_of(numbers.look.subject.classes, int(numbers.t[beside]))
    return f"**Your drawing** lies nearest to {what}."


def _seen(numbers: Numbers, brief: bool) -> str:
    """How much of the spread the two directions keep, and of which moment they are."""
    space = numbers.space
    latest = kept_words(space.shares)[-1]
    if numbers.at == len(space.steps) - 1:
        anew = " They are found anew after every epoch." if numbers.look.follows else ""
        keep = f"The two directions keep **{latest}** of the spread; the rest is not seen."
        return keep + ("" if brief else anew)
    here = f"{space.seen[numbers.at]:.1%}"
    if brief:
        return f"The picture keeps **{here}** of the spread; the rest is not seen."
    found = when(space.epochs[-1], exact=True)
    return (
        f"The two directions are those of the latest moment, {found}, and keep {latest} of the "
        f"spread there, **{here}** here; the rest is not seen."
    )


def maths(numbers: Numbers) -> list[str]:
    """How the two directions are found, and what is counted."""
    return [
        "The hidden units' answers to an image are a point $a$ in as many dimensions as there are "
        "units. Of all directions $v$ of length 1 the first is the one along which the points are "
        "spread most, the second the same at right angles to it: the eigenvectors of the two "
        "largest eigenvalues of their covariance (*principal components*, Pearson 1901),",
        r"$$C = \frac1n \sum_i (a_i - \bar a)(a_i - \bar a)^\top, \qquad C\,v_k = \lambda_k v_k, "
        r"\qquad (x_i, y_i) = \big(v_1^\top (a_i - \bar a),\; v_2^\top (a_i - \bar a)\big)$$",
        r"They keep the share $(\lambda_1 + \lambda_2) / \sum_k \lambda_k$ of the spread. Mean and "
        "directions are those of the latest moment, and the same at all others. An eigenvector may "
        "point either way: here its largest weight is positive.",
        "Both axes have one scale. Nearest is by the distance in this plane: two images that lie "
        "together here may be far apart in the dimensions that are not seen; two that are answered "
        "alike always lie together.",
    ]


CODE: list[Piece] = [hidden_answers, two_directions, placed, nearest, most_mixed]

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    maths=maths,
    code=CODE,
)
