"""Which hidden units are switched off, as every view has them, and what is then read."""

import re
from typing import Any, NamedTuple

import numpy as np

from figures.image_words import when
from figures.words import listed, sentences
from nn_core import confusion_matrix
from recipes.settings import APART, text
from recipes.switched_off import Unit
from runs.answers import Unseen
from runs.run import Run
from runs.switched_off import read_without
from views.mnist.look import Look, LookSettings, look

NAMED = 4  # units that are off, each by its number
MOST_WRITTEN = 12_000  # letters: all units of three layers of 512


def off_setting() -> Any:
    """Which units answer 0, whatever comes in."""
    return text("", parse_off, "Switched off", "Hidden layers and units, such as 1.3,1.17.", APART)


def parse_off(written: str) -> tuple[Unit, ...]:
    """Hidden layers and units, both from 0 on, of "1.3,2.17", in order, none twice.

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if written == "":
        return ()
    one = r"[1-9]\.[1-9]\d{0,3}"
    if not (
        isinstance(written, str)
        and len(written) <= MOST_WRITTEN
        and re.fullmatch(rf"{one}(,{one})*", written)
    ):
        raise ValueError("expected hidden layers and units of them, such as 1.3,1.17")
    pairs = (part.split(".") for part in written.split(","))
    return tuple(sorted({(int(layer) - 1, int(unit) - 1) for layer, unit in pairs}))


def write_off(off: tuple[Unit, ...]) -> str:
    """The same as a link has it."""
    return ",".join(f"{layer + 1}.{unit + 1}" for layer, unit in off)


def that_are_here(asked: tuple[Unit, ...], sizes: list[int]) -> tuple[tuple[Unit, ...], str]:
    """Those units that a network of these layers has, and a sentence on the others."""
    hidden = sizes[1:-1]
    here = tuple(one for one in asked if one[0] < len(hidden) and one[1] < hidden[one[0]])
    missing = [write_off((one,)) for one in asked if one not in here]
    if not missing:
        return here, ""
    others = [f"{len(missing) - NAMED} more"] if len(missing) > NAMED else []
    named = listed(missing[:NAMED] + others, "or")
    return here, f"This network has no unit {named}, so nothing is switched off there."


def counts_without(run: Run, looked: Look, off: tuple[Unit, ...]) -> np.ndarray:
    """(classes, classes): what an image is, what it is taken for without these units."""
    which, said = read_without(run, looked.moment, looked.unseen, off)
    t, classes = looked.unseen.t[which], len(looked.subject.classes)
    counts: np.ndarray = confusion_matrix(said.astype(int), t, classes)
    return counts


def read_words(
    looked: Look, sizes: list[int], off: tuple[Unit, ...], now: np.ndarray, before: np.ndarray
) -> str:
    """Which units are off, and how many images are read right, `now` and `before`, with all on."""
    things = f"test {looked.subject.things}"
    if looked.unseen.few:
        things += " that came with the recording"
    read = f"**{int(np.trace(now)):,} of {int(now.sum()):,}** {things} right"
    if not off:
        return f"{looked.whose} reads {read} with all its units on."
    moment = f"{looked.whose} reads" if looked.recording else "It reads"
    return f"{_who_is_off(off, sizes)}. {moment} {read}, {than_all_on(now, before)}."


def than_all_on(now: np.ndarray, before: np.ndarray) -> str:
    """How many images more or fewer are read right now than with all units on."""
    more = int(np.trace(now) - np.trace(before))
    if not more:
        return "as many as with all on"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than with all on"


def _who_is_off(off: tuple[Unit, ...], sizes: list[int]) -> str:
    """Which units answer 0, as the beginning of a sentence."""
    deep = len(sizes) > 3
    layers = sorted({layer for layer, _ in off}) if deep else []
    names = [
        f"{listed([str(unit + 1) for at, unit in off if at == layer])} of layer {layer + 1}"
        for layer in layers
    ] or [str(unit + 1) for _, unit in off]
    if len(off) == 1:
        return f"Unit **{names[0]}** is off: it answers 0 to every image"
    of = sum(sizes[1:-1])
    who = f"Units **{listed(names)}**" if len(off) <= NAMED else f"**{len(off)} of {of}** units"
    return f"{who} are off: they answer 0 to every image"


class Without(NamedTuple):
    """The latest network with units off, where it is shown with all of them."""

    off: tuple[Unit, ...] = ()
    words: str = ""  # for the caption
    read: str = ""  # for the unit itself: how many are read right


def without_units(run: Run, unseen: Unseen, written: str) -> Without:
    """What a run's latest network reads without the units that a link names."""
    if not written:
        return Without()
    sizes = run.saved().sizes
    off, missing = that_are_here(parse_off(written), sizes)
    if not off:
        return Without((), missing)
    looked = look(LookSettings(), run, unseen)
    if looked.nothing:
        return Without(off, missing)
    now, before = (counts_without(run, looked, some) for some in (off, ()))
    count, of = int(np.trace(now)), int(now.sum())
    things, than = f"test {looked.subject.things}", than_all_on(now, before)
    whose = "it" if len(off) == 1 else "them"
    after = when(looked.moment.epoch, looked.moment.exact)
    words = (
        f"{_who_is_off(off, sizes)}. Without {whose} the network reads **{count:,} of {of:,}** "
        f"{things} right {after}, {than}. What follows is with all on."
    )
    read = f"It reads {count:,} of {of:,} {things} right, {than}."
    return Without(off, sentences(missing, words), read)
