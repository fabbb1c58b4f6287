"""Why does it read this image so? From its pixels to the answer, every number a sum of others."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from datasets.digits import as_numbers
from figures.image_words import one_of, plain_one, share
from figures.through import ThroughPicture, ink_words
from figures.turned import turned_message, turned_words, why_not
from figures.words import listed, number, sentences
from nn_core import Dense, Sequential, SoftmaxCrossEntropy
from recipes.settings import APART, between, choices, text
from recipes.through import Sum, Through, exactly, score_gradient, sum_of, through
from recipes.turned import Turned, turned
from runs.answers import Unseen, net_at
from runs.run import Run
from views.mnist.look import ANY, MOST_CLASSES, Look, LookSettings, look
from views.view import Piece, TryThis, View

NAME = "one image"
MOST_IMAGES = 10_000_000
DRAWN = 0  # the number of what the reader drew
LOUD = 0.5  # of the loudest unit: who says so much is named beside it
NAMED = 2  # at most
SUM, FEW = "its sum", "few pixels"


def parse_unit(written: str) -> tuple[int, int] | None:
    """Hidden layer and unit, both from 1 on, of "2.14"; None of "": then it is a score.

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if written == "":
        return None
    if not isinstance(written, str) or not re.fullmatch(r"[1-9]\.[1-9]\d{0,3}", written):
        raise ValueError("expected a hidden layer and a unit of it, such as 1.12")
    layer, unit = written.split(".")
    return int(layer), int(unit)


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, an image, and which number on its way is opened."""

    image: int = between(
        1, DRAWN, MOST_IMAGES, 1, "Image", "Its number; 0 is what was drawn.", stands=APART
    )
    score: int = between(
        ANY, ANY, MOST_CLASSES - 1, 1, "Score", "Of a class.", APART, low_is="its answer"
    )
    sum_of: str = text(
        "", parse_unit, "Sum", "A hidden layer and a unit, such as 1.12; none is the score.", APART
    )
    opens: str = choices(
        SUM, (SUM, FEW), "What is opened", "A sum, or what turns the answer.", stands=APART
    )


class Numbers(NamedTuple):
    """One image on its way through a network, and what is opened of it."""

    look: Look
    image: int  # its number, from 1 on; 0 of what the reader drew
    label: int  # the class it is of, −1 of what the reader drew
    x: np.ndarray  # (pixels,) from 0 to 1
    net: Sequential  # in float64
    way: Through | None  # None where there is nothing to look at
    score: int  # the class whose score it is about
    layer: int  # the dense layer, from 0 on, of the opened sum
    unit: int  # and which of its units
    opened: Sum | None
    gradient: np.ndarray  # (pixels,) of the score
    activation: str
    wrong: str  # what the link asks for that is not here, as a sentence
    turns: bool = False  # whether it is about the few pixels that turn the answer
    turned: Turned | None = None  # None if none were found, or it is not about them


def numbers(settings: Settings, run: Run, unseen: Unseen) -> Numbers:
    """One of these test images on its way through a run's network."""
    now = look(settings, run, unseen)
    net = exactly(net_at(run, now.moment))
    if now.nothing:
        none = np.empty(0)
        return Numbers(
            now, 0, ANY, none, net, None, 0, 0, 0, None, none, run.settings.activation, ""
        )
    image, wrong = _within(settings.image, unseen, now.subject.things)
    x = _pixels(image, unseen).astype(np.float64)
    label = int(unseen.t[image - 1]) if image else ANY
    way = through(net, x)
    score = settings.score if 0 <= settings.score < len(now.subject.classes) else -1
    if score < 0:
        score = int(way.probabilities.argmax())
    layer, unit, no_unit = _opened(settings.sum_of, net, score)
    return Numbers(
        now,
        image,
        label,
        x,
        net,
        way,
        score,
        layer,
        unit,
        sum_of(net, way, layer, unit),
        score_gradient(net, x, score),
        run.settings.activation,
        sentences(wrong, no_unit),
        settings.opens == FEW,
        turned(net, x) if settings.opens == FEW else None,
    )


def _within(asked: int, unseen: Unseen, things: str) -> tuple[int, str]:
    """The number of an image that is here, and a sentence if it is another than was asked for."""
    images = len(unseen.t)
    if asked == DRAWN and unseen.drawn is None:
        return 1, "Nothing is drawn on the paper, so here is the first image."
    if asked <= images:
        return asked, ""
    there = f"There are {images:,} test {things}"
    return images, f"{there}: image {asked:,} is none of them, so here is the last."


def _pixels(image: int, unseen: Unseen) -> np.ndarray:
    """What a network sees of an image, (pixels,) from 0 to 1."""
    if image == DRAWN and unseen.drawn is not None:
        return unseen.drawn
    return as_numbers(unseen.x[image - 1])


def _opened(asked: str, net: Sequential, score: int) -> tuple[int, int, str]:
    """The dense layer and the unit whose sum is opened; and a sentence if it is not there."""
    last = len(net.dense) - 1
    found = parse_unit(asked)
    if found is None:
        return last, score, ""
    layer, unit = found
    if layer <= last and unit <= net.dense[layer - 1].n_out:
        return layer - 1, unit - 1, ""
    return last, score, f"This network has no unit {asked}, so here is the score."


def picture(numbers: Numbers, brief: bool = False) -> ThroughPicture:
    """The image, the parts of the opened sum, the scores, and the gradient, if there are any."""
    now = numbers.look
    assert numbers.way is not None
    assert numbers.opened is not None
    return ThroughPicture(
        now.subject.classes,
        numbers.image,
        len(now.unseen.t),
        _next_mistake(numbers),
        now.unseen.drawn is not None,
        numbers.x,
        numbers.label,
        numbers.way,
        numbers.score,
        numbers.layer,
        numbers.unit,
        numbers.opened,
        numbers.net.dense[0].W,
        numbers.activation,
        numbers.gradient,
        now.moments,
        now.epochs,
        now.at,
        turned_message(numbers.turned, now.subject.classes, numbers.x, _why_not(numbers))
        if numbers.turns
        else None,
    )


def _why_not(numbers: Numbers) -> str:
    return why_not(numbers.look.subject.classes, numbers.gradient)


def _next_mistake(numbers: Numbers) -> int:
    """The number of the next image that is misread, from the first on after the last; 0 of none."""
    wrong = np.flatnonzero(~numbers.look.right) + 1
    if not len(wrong):
        return 0
    after = wrong[wrong > numbers.image]
    return int(after[0] if len(after) else wrong[0])


def caption(numbers: Numbers, brief: bool = False) -> str:
    """What the image is, what it is read as, and who speaks loudest for that and against it."""
    now, way, opened = numbers.look, numbers.way, numbers.opened
    if way is None or opened is None:
        return now.nothing
    classes, p = now.subject.classes, way.probabilities
    is_a, says = numbers.label, int(p.argmax())
    it_says = f"the network takes it for **{one_of(classes, says)}** with **{share(p[says])}**"
    if is_a == ANY:
        read = f"What you drew: {it_says}."
    else:
        it_is = one_of(classes, is_a)
        image = f"Image {numbers.image:,} is **{it_is}**"
        other = f"{image}: {it_says}, and gives {it_is} {share(p[is_a])}."
        same = f"{image}, and the network says so with **{share(p[says])}**."
        read = same if is_a == says else other
    moment = "" if brief or (now.moment.exact and not now.recording) else f"{_whose(now)}."
    follows = "" if brief else now.follows
    if numbers.turned:
        found = turned_words(numbers.turned, classes, brief)
    else:
        found = _why_not(numbers) if numbers.turns else _loudest(numbers, opened)
    return sentences(numbers.wrong, read, found, moment, follows)


def _whose(now: Look) -> str:
    """Which network this is, and when."""
    return f"{now.whose.removesuffix(' it')}"


def _loudest(numbers: Numbers, opened: Sum) -> str:
    """What adds most to the opened sum and what takes most away, and what it comes to."""
    classes, total = numbers.look.subject.classes, number(opened.total)
    hidden = len(numbers.net.dense) - 1
    if numbers.layer == hidden:
        of, comes = one_of(classes, numbers.score), "The score of " + one_of(classes, numbers.score)
        comes_to = f"{comes} is **{total}**."
    else:
        layer = f" of hidden layer {numbers.layer + 1}" if hidden > 1 else ""
        of, comes = f"unit {numbers.unit + 1}{layer}", f"Unit {numbers.unit + 1}{layer}"
        comes_to = f"{comes} adds up to **{total}**."
    if not numbers.layer:
        speaks, against, bias, total = ink_words(opened)
        return (
            f"{comes} adds up ink × weight: {speaks} where ink speaks for it, {against} where "
            f"against it; with its bias {bias} that is **{total.removeprefix('+')}**."
        )
    whose = f" of layer {numbers.layer}" if hidden > 1 else ""
    loud = [_named(opened, sign, whose) for sign in (1, -1)]
    said = [
        f"{'loudest' if loud[0] and k else 'Loudest'} {way} {of}: {one}"
        for k, (way, one) in enumerate(zip(("for", "against"), loud, strict=True))
        if one
    ]
    return sentences(f"{'; '.join(said)}." if said else "", comes_to)


def _named(opened: Sum, sign: int, whose: str) -> str:
    """The units that add most, or take most away; `whose` says of which layer they are."""
    adds = sign * opened.adds
    order = np.argsort(-adds, kind="stable")[:NAMED]
    named = [k for k in order if adds[k] > 0 and adds[k] >= LOUD * adds[order[0]]]
    if not named:
        return ""
    units = [f"{k + 1} ({_signed(opened.adds[k])})" for k in named]
    return f"unit{'s' if len(named) > 1 else ''} {listed(units)}{whose}"


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """Of an image that is misread the score of what it is; else the next image that is misread."""
    now, way = numbers.look, numbers.way
    if way is None or now.trains:
        return None
    says, is_a, following = int(way.probabilities.argmax()), numbers.label, _next_mistake(numbers)
    if is_a not in (ANY, says, numbers.score):
        what = f"*the score of {plain_one(now.subject.classes, is_a)}*"
        why = "what speaks for it and against it, as it is not the highest."
        return TryThis(what, why, replace(settings, score=is_a, sum_of=""), NAME)
    if following in (0, numbers.image):
        return None
    changed = replace(settings, image=following, score=ANY, sum_of="")
    return TryThis(f"*image {following:,}*", "the next one that is misread.", changed, NAME)


def maths(numbers: Numbers) -> list[str]:
    """Each number on the way, and the gradient, with those of the moment."""
    lines = [
        "A unit adds up what comes in times its weights, and its bias; the first layer's sums take "
        "in the pixels $x$ (0 is paper, 1 is ink), all later ones the answers $a$ of the layer "
        "before:",
        r"$$z_j = \sum_i x_i W_{ij} + b_j, \qquad a_j = f(z_j), \qquad "
        r"s_k = \sum_j a_j V_{jk} + c_k$$",
        "A row of the drawing is one $a_j V_{jk}$, a small picture all $x_i W_{ij}$ of a unit. The "
        "scores become probabilities by *softmax*:",
        r"$$p_k = \frac{e^{s_k}}{\sum_m e^{s_m}}$$",
        "The last picture is the gradient of the score in the pixels,",
        r"$$\frac{\partial s_k}{\partial x_i},$$",
        "by the chain rule, as in training (Simonyan et al. 2013). It says what a *small* change "
        "of a pixel of this very image would do to the score. It does not say which ink made the "
        "answer: a pixel may have a large gradient and no ink.",
        "What turns the answer $y$ is found by the gradient of two scores' difference: pixel by "
        "pixel the one with the largest gain",
        r"$$\max\!\Big(\tfrac{\partial (s_k - s_y)}{\partial x_i}\,(1 - x_i),\; "
        r"-\tfrac{\partial (s_k - s_y)}{\partial x_i}\,x_i\Big)$$",
        "goes to 1 or to 0, until another class $k$ has the largest score. Then whatever is not "
        "needed is put back.",
    ]
    if numbers.way is not None:
        score, p = numbers.way.sums[-1][numbers.score], numbers.way.probabilities[numbers.score]
        lines.append(f"Here $s_k = {score:.4f}$ and $p_k = {p:.6f}$.")
    return lines


CODE: list[Piece] = [Dense, SoftmaxCrossEntropy.output, through, sum_of, score_gradient, turned]

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
)
