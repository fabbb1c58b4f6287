"""What would a batch change in each unit? Gradients beside weights, over time, and where none."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from figures.image_words import when
from figures.unit_gradients import UnitGradients
from figures.weight_tiles import weight_tiles
from figures.words import listed, number, sentences
from nn_core import Dense, Sequential, SoftmaxCrossEntropy, activation, layer_norms
from recipes.batch_gradient import Batch, batch_of, gradient_on
from recipes.settings import APART, between
from recipes.stuck_units import FLAT, NEARLY_ALL, Stuck, steepest, stuck_units
from runs.answers import Unseen, net_at
from runs.gradients import FIXED, batch_at, batches, lengths_of, stuck_at
from runs.run import Run, TrainingRun
from views.mnist.look import Look, LookSettings, look
from views.mnist.look_layer import layer_of, layer_setting
from views.view import Piece, TryThis, View

NAME = "gradients"
OWN, MOST_BATCHES = 0, 10_000_000
SATURATE = ("sigmoid", "tanh")  # whose flat ends are called that
MOST_UNITS = 100  # that have pictures, as on the wall: more would be too small to see
LONGER = 1.05  # times: from then on one length is longer than another


@dataclass(frozen=True)
class Settings(LookSettings):
    """A network on small images, and the batch whose gradient is looked at."""

    layer: int = layer_setting()
    looked_batch: int = between(
        OWN,
        OWN,
        MOST_BATCHES,
        1,
        "Batch",
        "Of test images, from 1 on; 0 is the next one of the run's own order.",
        stands=APART,
    )


class Numbers(NamedTuple):
    """The gradient of a batch, how long gradients were, and which units are stuck."""

    look: Look
    activation: str
    layer: int  # whose units are shown, from 0 on
    net: Sequential  # whose `grad` is that of the batch
    batch: Batch | None  # None where there is nothing to look at
    number: int  # of test images, from 1 on; 0 is the next batch of the run's own order
    own: bool  # whether there is such a one
    batches: int  # of test images
    over_time: np.ndarray  # (moments, dense layers) lengths, on the same images
    stuck: list[Stuck]  # of each hidden layer
    wrong: str  # what the link asks for that is not here, as a sentence

    @property
    def dW(self) -> np.ndarray:
        """(in, units) of the layer."""
        return self.net.dense[self.layer].dW

    @property
    def finite(self) -> bool:
        """Whether the batch's gradient is."""
        return bool(np.isfinite(self.net.grad).all())


def numbers(settings: Settings, run: Run, unseen: Unseen) -> Numbers:
    """The gradient of a batch at the moment that the settings name, and of the run's moments."""
    looked = look(settings, run, unseen)
    net, bend = net_at(run, looked.moment), run.settings.activation
    layer, no_layer = layer_of(settings.layer, net)
    if looked.nothing:
        none = np.empty((0, len(net.dense)))
        return Numbers(looked, bend, layer, net, None, OWN, False, 0, none, [], "")
    there, own, asked = batches(run, unseen), isinstance(run, TrainingRun), settings.looked_batch
    which = min(asked if asked or own else 1, there)
    named = "one batch" if there == 1 else f"{there:,} batches"
    no_batch = f"The test images make {named}, so here is the last instead of batch {asked:,}."
    batch = batch_at(run, looked.moment, unseen, which)
    return Numbers(
        looked,
        bend,
        layer,
        gradient_on(net, batch),
        batch,
        which,
        own,
        there,
        lengths_of(run, unseen)[: len(looked.epochs)],  # it may have trained on meanwhile
        stuck_at(run, looked.moment, unseen),
        sentences(no_layer, no_batch if asked > there else ""),
    )


def picture(numbers: Numbers, brief: bool = False) -> UnitGradients:
    """Weights and gradients of each unit, lengths over time, stuck units."""
    looked, W = numbers.look, numbers.net.dense[numbers.layer].W
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(numbers.dW, axis=0)
    dW = np.nan_to_num(numbers.dW, posinf=0.0, neginf=0.0)
    longest = np.argsort(-np.nan_to_num(lengths), kind="stable")[:MOST_UNITS]
    return UnitGradients(
        len(numbers.net.dense) - 1,
        numbers.layer + 1,
        W.shape[1],
        weight_tiles(W, longest),
        weight_tiles(dW, longest),
        lengths,
        np.linalg.norm(W, axis=0),
        numbers.number,
        numbers.batches,
        numbers.own,
        _named(numbers),
        numbers.over_time,
        min(FIXED, len(looked.unseen.t)),
        [f"{stuck.many} of {stuck.of} {_word(numbers)}" for stuck in numbers.stuck],
        looked.moments,
        looked.epochs,
        looked.at,
    )


def _word(numbers: Numbers) -> str:
    """What a unit is called through which hardly any error comes back."""
    if numbers.activation == "relu":
        return "dead"
    return "saturated" if numbers.activation in SATURATE else "nearly flat"


def _named(numbers: Numbers) -> str:
    """What the batch is."""
    batch, subject = numbers.batch, numbers.look.subject
    assert batch is not None
    if not batch.first:
        return f"the next batch of its own order, {len(batch.t):,} training {subject.things}"
    last = batch.first + len(batch.t) - 1
    if last == batch.first:
        return f"test image {last:,}"
    return f"test {subject.things} {batch.first:,} to {last:,}"


def _layer(numbers: Numbers, layer: int) -> str:
    """A dense layer, from 0 on, in a sentence."""
    hidden = len(numbers.net.dense) - 1
    if layer == hidden:
        return "the output layer"
    return "the hidden layer" if hidden == 1 else f"hidden layer {layer + 1}"


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How long the gradient of the batch is, how long it was, and which units are stuck."""
    looked = numbers.look
    if looked.nothing:
        return looked.nothing
    return sentences(
        numbers.wrong,
        _how_long(numbers),
        _over_time(numbers),
        _stuck(numbers),
        "" if brief else looked.follows,
    )


def _how_long(numbers: Numbers) -> str:
    """The length of the batch's gradient in each layer."""
    after = numbers.look.whose.removesuffix(" it")
    if not numbers.finite:
        return f"{after}, on {_named(numbers)}: the gradient is no longer finite."
    norms = layer_norms(numbers.net)
    lengths = [
        f"{f'**{number(norm)}** long' if k == 0 else number(norm)} in {_layer(numbers, k)}"
        for k, norm in enumerate(norms)
    ]
    on = f"on {_named(numbers)} (pictures)"
    return f"{after}, {on}: the gradient is {listed(lengths)}."


def _over_time(numbers: Numbers) -> str:
    """How long the layer's gradient was at first, and is at this moment, on the same images."""
    looked, lengths = numbers.look, numbers.over_time[:, numbers.layer]
    first, now = float(lengths[0]), float(lengths[looked.at])
    images = min(FIXED, len(looked.unseen.t))
    same = f"the same {images:,} test {looked.subject.things}" if images > 1 else "one test image"
    if looked.at == 0 or not np.isfinite([first, now]).all():
        return ""
    began = "before the first step" if looked.epochs[0] == 0 else when(looked.epochs[0], exact=True)
    where = _layer(numbers, numbers.layer)
    curve = f"On {same} at every moment (curve)"
    if number(first) == number(now):
        return f"{curve} it is as long in {where} as {began}: **{number(now)}**."
    turned = "grew" if now > first else "shrank"
    return f"{curve} it {turned} in {where} from {number(first)} {began} to **{number(now)}**."


def _stuck(numbers: Numbers) -> str:
    """The units of each hidden layer through which hardly any error comes back."""
    if not steepest(activation(numbers.activation)):
        return "A step has no slope anywhere: no error comes back through a hidden unit."
    word, things = _word(numbers), f"test {numbers.look.subject.things}"
    stuck = sum(layer.many for layer in numbers.stuck)
    if not stuck:
        return f"No hidden unit is *{word}*." if numbers.activation != "identity" else ""
    if len(numbers.stuck) == 1:
        some = f"**{stuck} of {numbers.stuck[0].of}** hidden units"
    else:
        each = [f"**{one.many} of {one.of}**" for one in numbers.stuck]
        some = f"In hidden layers 1 to {len(each)}, {listed(each)} units"
    is_one = stuck == 1
    are = f"{some} {'is' if is_one else 'are'} *{word}*"
    if numbers.activation == "relu":
        return f"{are}: {'it answers' if is_one else 'they answer'} 0 to all {things}."
    return (
        f"{are}: on more than {100 * NEARLY_ALL:.0f} of 100 {things} {'its' if is_one else 'their'}"
        f" slope is below {FLAT:.0%} of the largest."
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """The moment of the layer's longest gradient, else the latest, else another batch."""
    looked, lengths = numbers.look, np.nan_to_num(numbers.over_time[:, numbers.layer])
    if looked.nothing or looked.trains:
        return None
    most, now = int(lengths.argmax()), float(lengths[looked.at])
    where = f"in {_layer(numbers, numbers.layer)}"
    if now and lengths[most] > LONGER * now:
        times = number(float(lengths[most]) / now, 2)
        after = when(looked.epochs[most], exact=True)
        return TryThis(
            f"*the moment {after}*",
            f"the gradient {where} is {times} times as long then, on the same images.",
            replace(settings, moment=looked.moments[most]),
            NAME,
        )
    last = len(looked.epochs) - 1
    if looked.at != last:
        why = f"the gradient {where} is {number(float(lengths[last]))} long, on the same images."
        latest = replace(settings, moment=looked.moments[last])
        return TryThis("*the latest moment*", why, latest, NAME)
    if numbers.batches < 2:
        return None
    other = numbers.number % numbers.batches + 1
    why = "the gradient of other images."
    return TryThis(f"*test batch {other}*", why, replace(settings, looked_batch=other), NAME)


MATHS = [
    "The gradient says for each weight how much the loss of a batch of images rises with it. For "
    "a unit $j$, whose inputs are $x_{ki}$ on image $k$, and which is blamed $dz_{kj}$ for it:",
    r"$$dW_{ij} = \sum_k x_{ki}\, dz_{kj}$$",
    "A step of plain gradient descent takes learning rate times this from the weights: where the "
    "picture is blue a weight falls. All weights have one range of colours, all gradients another.",
    "*The next batch of its own order* is what this run's next step would take at that moment, "
    "with its crooked copies, its dropout and its penalty on weights, if it has them.",
    "The length of a layer's gradient is",
    r"$$\sqrt{\textstyle\sum dW^2 + \sum db^2}.$$",
    "Its curve is found at the moments that were kept, always on the same test images, without "
    "dropout and penalty. Before the latest moment each weight is rounded to one of 255 values a "
    "layer.",
    r"A unit passes an error back times its slope $f'(z)$. A ReLU that answers $0$ to every test "
    r"image has slope $0$ on all of them: it is *dead*. Any other unit counts as *saturated*, or "
    r"*nearly flat*, if $|f'(z)|$ is below 5% of its largest value on more than 95% of the test "
    r"images.",
]

CODE: list[Piece] = [
    Dense,
    SoftmaxCrossEntropy.each_grad,
    gradient_on,
    batch_of,
    layer_norms,
    stuck_units,
]

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
