"""A TensorFlow Playground link as settings of ours, and what of it cannot be had here.

playground.ts, dataset.ts and nn.ts of Playground's source say what becomes of a link there.
"""

from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

from recipes.boundaries import BoundariesSettings
from recipes.playground.address import (
    ACTIVATIONS,
    GONE,
    NUMBERS,
    PROBLEMS,
    REGULARIZATIONS,
    Address,
    named,
    parts_of,
)
from recipes.settings import Range, plain, shortened


class Opened(NamedTuple):
    """What a link comes to. The sentences quote it, and are plain text."""

    settings: BoundariesSettings
    wrong: list[str]  # a sentence on each thing in it that cannot be read
    missing: list[str]  # and on each that Playground has and we have not, or have otherwise


def opened(address: str) -> Opened:
    """The experiment of a Playground link. ValueError, with a sentence, if it is none."""
    link = Address(parts_of(address))
    problem = link.word("problem")
    numbers = PROBLEMS[problem] is NUMBERS
    dataset = PROBLEMS[problem][link.word("regDataset" if numbers else "dataset")]
    noise = _noise(link.amount("noise"))
    seed = link.text("seed")
    lot = crc32(seed.encode()) if seed else 0
    zero = link.on("initZero")
    penalty = REGULARIZATIONS[link.word("regularization")]
    rate = link.amount("regularizationRate")
    settings = BoundariesSettings(
        dataset=dataset,
        lr=link.nearest("lr", link.amount("learningRate")),
        activation=ACTIVATIONS[link.word("activation")],
        inputs=link.inputs(),
        init="zeros" if zero else BoundariesSettings.init,
        seed=lot % (_most("seed") + 1),
        data_seed=lot % (_most("data_seed") + 1),
        batch=link.nearest("batch", link.amount("batchSize")),
        loss="squared_error" if numbers else "cross_entropy",
        noise=link.nearest("noise", noise, hundredths=True),
        points=1000 if numbers else 500,
        train=link.share(link.amount("percTrainData")),
    )
    settings = replace(settings, **link.layers())
    if penalty and rate:
        settings = replace(settings, **{penalty: link.nearest(penalty, rate)})
    missing = [
        *_of_the_network(settings, numbers),
        *_of_the_points(settings, noise),
        _draws(seed, settings),
        *link.missing,
        *_of_the_page(link),
    ]
    return Opened(settings, link.complaints(), list(filter(None, missing)))


def _noise(percent: float) -> float:
    """As Playground takes it: none below 0, and more than 80 is 50."""
    return 50.0 if percent > 80 else max(0.0, percent)


def _most(name: str) -> int:
    setting = BoundariesSettings.allowed()[name]
    assert isinstance(setting, Range)
    return int(setting.high)


def _of_the_network(settings: BoundariesSettings, numbers: bool) -> list[str]:
    """What of its network and its steps is otherwise here."""
    return [
        "Its loss is half the squared error, here it is all of it: the loss reads twice as large, "
        "and a step goes twice as far."
        if numbers
        else "Its answer is a tanh from −1 to 1, judged by half the squared error; here it is a "
        "sigmoid from 0 to 1, judged by cross-entropy: the two losses cannot be compared.",
        ""
        if settings.init == "zeros"
        else "Its weights start anywhere from −0.5 to 0.5 and its biases at 0.1; here the weights "
        f"start as {settings.init} draws them, and the biases at 0.",
        f"It trains until it is paused; here it ends after {settings.epochs:,} epochs; More has "
        "longer ones.",
        "A weight that L1 brings to 0 is gone in Playground; here it may come back."
        if settings.l1
        else "",
        "Its L2 pulls half as hard as the same number does here." if settings.l2 else "",
    ]


NOISE = {  # what it does there, and here
    "xor": "gives the other colour to points near the edge; here it scatters the points",
    "circles": "gives the other colour to points near the edge; here it scatters the points",
    "spiral": "scatters the points less than the same number does here",
    "slope": "moves the place at which the number is read; here it is added to the number",
    "hills": "moves the place at which the number is read; here it is added to the number",
}


def _of_the_points(settings: BoundariesSettings, noise: float) -> list[str]:
    """What of its points is otherwise here."""
    sentences = []
    if settings.dataset in ("xor", "spiral"):
        sentences.append(f"In its {settings.dataset} blue and orange are the other way round.")
    if settings.loss == "squared_error":
        sentences.append(
            f"It has 1,200 points, from −6 to 6; here there are {settings.points:,}, from −5 to 5."
        )
    if noise and settings.dataset in NOISE:
        sentences.append(f"Its noise of {plain(noise)} {NOISE[settings.dataset]}.")
    return sentences


def _draws(seed: str, settings: BoundariesSettings) -> str:
    ours = f"here they are those of seed {settings.seed} and data seed {settings.data_seed}"
    if not seed:
        return (
            f"The link has no seed, so Playground draws other points and weights each time; {ours}."
        )
    return f"Its seed {shortened(seed)} draws points and weights that are its own; {ours}."


def _of_the_page(link: Address) -> list[str]:
    """What its page has, or hides, and ours does not."""
    hidden, tutorial = link.hidden(), link.text("tutorial")
    hides = [f"“{shortened(name)}”" for name in hidden] + ["its text"] * link.on("hideText")
    cosines = [name for name in GONE if link.on(name)]
    return [
        "It shows one of two colours at each place; here the plane always shows how sure the "
        "answer is."
        if link.on("discretize")
        else "",
        f"The link hides {named(hides)} on Playground’s page; here nothing is hidden."
        if hides
        else "",
        f"It asks for {named(cosines)}, an input that Playground itself has no more."
        if cosines
        else "",
        f"It opens the tutorial “{shortened(tutorial)}”, a text of Playground’s own."
        if tutorial
        else "",
        "It asks Playground to count visits (collectStats); here nobody is counted."
        if link.on("collectStats")
        else "",
    ]
