"""How many of its units does it need? Any of them switched off, and all test images read again."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from datasets.digits import as_numbers
from figures.image_words import one_of, part_of, plain_one, so_many
from figures.units import AskedImage, UnitsPicture
from figures.weight_tiles import weight_tiles
from figures.words import sentences
from nn_core import Sequential, SoftmaxCrossEntropy, confusion_matrix
from recipes.switched_off import Unit, needed, without
from runs.answers import Unseen, net_at
from runs.run import Run
from runs.switched_off import Tried, tried
from views.mnist.look import Look, LookSettings, look
from views.mnist.look_layer import layer_of, layer_setting
from views.mnist.off import (
    counts_without,
    off_setting,
    parse_off,
    read_words,
    that_are_here,
    write_off,
)
from views.view import Piece, TryThis, View

NAME = "units"


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, and which of its hidden units are off."""

    layer: int = layer_setting()
    off: str = off_setting()


class Numbers(NamedTuple):
    """What a network reads without some of its hidden units."""

    look: Look
    net: Sequential
    layer: int  # whose units are listed, from 0 on
    off: tuple[Unit, ...]
    tried: Tried | None  # None where there is nothing to look at
    before: np.ndarray  # (classes, classes): what an image is, what it is taken for, with all on
    now: np.ndarray  # (classes, classes), without those that are off
    asked: AskedImage | None
    wrong: str  # what the link asks for that is not here, as a sentence


def numbers(settings: Settings, run: Run, unseen: Unseen) -> Numbers:
    """A run's network without the units that the settings name, on these test images."""
    looked = look(settings, run, unseen)
    net, classes = net_at(run, looked.moment), len(looked.subject.classes)
    layer, no_layer = layer_of(settings.layer, net)
    off, no_unit = that_are_here(parse_off(settings.off), net.sizes)
    if looked.nothing:
        none = np.zeros((classes, classes), int)
        return Numbers(looked, net, layer, off, None, none, none, None, "")

    return Numbers(
        looked,
        net,
        layer,
        off,
        tried(run, looked.moment, unseen, layer),
        counts_without(run, looked, ()),
        counts_without(run, looked, off),
        _asked(net, off, looked),
        sentences(no_layer, no_unit),
    )


def _asked(net: Sequential, off: tuple[Unit, ...], looked: Look) -> AskedImage:
    """What is drawn on the paper, else the first test image, and what it is read as."""
    unseen, classes = looked.unseen, looked.subject.classes
    drawn = unseen.drawn is not None
    image = unseen.drawn if unseen.drawn is not None else as_numbers(unseen.x[0])
    name = "What you drew" if drawn else f"Image 1, {plain_one(classes, int(unseen.t[0]))},"
    with np.errstate(all="ignore"):
        with_all, now = (
            SoftmaxCrossEntropy().output(one.predict(image[np.newaxis].astype(net.dtype)))[0]
            for one in (net, without(net, off))
        )
    return AskedImage(name, image, with_all, now)


def picture(numbers: Numbers, brief: bool = False) -> UnitsPicture:
    """The units by how far they are needed, what goes wrong without those that are off."""
    looked, asked = numbers.look, numbers.asked
    assert numbers.tried is not None
    assert asked is not None
    return UnitsPicture(
        looked.subject.classes,
        len(numbers.net.dense) - 1,
        numbers.layer + 1,
        numbers.tried.needed,
        weight_tiles(numbers.net.dense[numbers.layer].W),
        write_off(numbers.off),
        numbers.off,
        numbers.before,
        numbers.now,
        asked,
        looked.moments,
        looked.epochs,
        looked.at,
    )


def caption(numbers: Numbers, brief: bool = False) -> str:
    """What it reads without the units that are off, and how many it could do without."""
    looked = numbers.look
    if looked.nothing:
        return looked.nothing
    sizes = numbers.net.sizes
    return sentences(
        numbers.wrong,
        read_words(looked, sizes, numbers.off, numbers.now, numbers.before),
        _who_loses(numbers) if numbers.off else _spare(numbers),
        "" if brief else _tried_on_some(numbers),
        "" if brief else looked.follows,
    )


def _who_loses(numbers: Numbers) -> str:
    """The class of which most images more are misread, and what they are taken for."""
    classes = numbers.look.subject.classes
    lost = np.diag(numbers.before) - np.diag(numbers.now)
    most = int(lost.argmax())
    if lost[most] <= 0:
        return ""
    of = so_many(classes, most, int(numbers.now[most].sum()))
    row = np.where(np.arange(len(classes)) == most, 0, numbers.now[most])
    taken, (left, then) = int(row.argmax()), (m[most, most] for m in (numbers.now, numbers.before))
    return (
        f"Most is lost of {of}: it reads **{left:,}** right instead of {then:,}, and takes "
        f"{row[taken]:,} for {one_of(classes, taken)}."
    )


def _spare(numbers: Numbers) -> str:
    """How many units could go, the least needed first."""
    assert numbers.tried is not None
    found, deep = numbers.tried.needed, len(numbers.net.dense) > 2
    units, spare = len(found.order), found.spare
    whose = f"hidden layer {numbers.layer + 1}'s" if deep else "its"
    left, with_all = int(found.together[spare or 1]), found.right
    reads = f"**{part_of(left, found.images)}**; with all {part_of(with_all, found.images)}."
    if not spare:
        return f"Without the one of {whose} {units} units that costs least alone it reads {reads}"
    first = f"Without **{spare} of {whose} {units}** units"
    if left > with_all:
        return f"{first}, the first of the list, it reads **more**: {reads}"
    if _some_help(numbers):
        return f"{first}, the first of the list, it still reads {reads}"
    those = "the one that costs" if spare == 1 else "those that cost"
    return f"{first}, {those} least alone, it still reads {reads}"


def _some_help(numbers: Numbers) -> bool:
    """Whether more is read right without the first of the list alone: then it costs nothing."""
    assert numbers.tried is not None
    found = numbers.tried.needed
    return bool(found.alone[found.order[0]] > found.right)


def _tried_on_some(numbers: Numbers) -> str:
    """That not all images were read, if so."""
    assert numbers.tried is not None
    tried_on, counted = len(numbers.tried.which), int(numbers.now.sum())
    all_of_them, things = len(numbers.look.unseen.t), numbers.look.subject.things
    read = (
        f"Read were {counted:,} of {all_of_them:,} test {things}." if counted < all_of_them else ""
    )
    if tried_on == counted:
        return read
    return sentences(read, f"Each unit by itself was tried on {tried_on:,} of them.")


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """Off: as many as it can do without; else the one that costs most by itself."""
    if numbers.tried is None or numbers.look.trains:
        return None
    found, layer = numbers.tried.needed, numbers.layer
    spare = tuple(sorted((layer, int(unit)) for unit in found.order[: found.spare]))
    if spare and not numbers.off:
        left = int(found.together[found.spare])
        more = left > found.right
        helps = more or _some_help(numbers)
        those = f"first {len(spare)} of the list" if helps else f"{len(spare)} that cost least"
        return TryThis(
            f"*the {those}, off*" if len(spare) > 1 else "*one unit off*",
            f"it {'reads more,' if more else 'still reads'} {part_of(left, found.images)}.",
            replace(settings, off=write_off(spare)),
            NAME,
        )
    most = int(found.order[-1])
    lost, alone = int(found.right - found.alone[most]), ((layer, most),)
    if lost > 0 and numbers.off != alone:
        return TryThis(
            f"*unit {most + 1} off, alone*",
            f"none costs more, {lost:,} of {found.images:,} images.",
            replace(settings, off=write_off(alone)),
            NAME,
        )
    if not numbers.off:
        return None
    all_on = replace(settings, off="")
    return TryThis("*all units on*", "the network as it was trained.", all_on, NAME)


MATHS = [
    "A unit that is off answers $0$, whatever the image: what it would have added to the sums that "
    "come next is missing. With $S$ the units that are off, of hidden answers $a_j$, weights "
    "$V_{jk}$ and biases $c_k$:",
    r"$$s_k = \sum_{j \notin S} a_j V_{jk} + c_k$$",
    "Nothing is trained anew, so the others do not make up for it. Nor is $0$ what a unit says "
    "when it has nothing to say: one that always answers about $0.5$ takes that much of its "
    "weights with it. So the list says what this network loses, not what a network trained "
    "without that unit would lose, nor what the unit stands for.",
    "The number at a unit is how many test images more or fewer are read right without it alone. "
    "The curve switches them off together, in that fixed order, least damage first; it is not "
    "sorted anew after each. Two units that do the same thing cost little alone, and much "
    "together.",
    "*It still reads* means: at most one image in 100 fewer than with all on. In a network that "
    "has learned little some units do harm: then it reads more without them.",
]

CODE: list[Piece] = [without, needed, SoftmaxCrossEntropy.output, confusion_matrix]

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    maths=MATHS,
    code=CODE,
    try_this=try_this,
)
