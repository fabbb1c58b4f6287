"""Five optimizers from one start, over a landscape or through handwritten digits: who is first?"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import plotly.graph_objects as go

from figures.landscape import (
    found_less,
    landscape_figure,
    misleads,
    misled,
    off_picture,
    what_the_star_is,
)
from figures.milestones import first, firsts, gathered, together
from figures.words import Said, listed, number, ranked, sentences
from kernels import knows
from nn_core import OPTIMIZERS, SGD, Adam, RMSprop
from recipes.ground import (
    Ground,
    Landscape,
    Path,
    descent,
    hidden_setting,
    losses_at,
    path_on,
    plane_setting,
    steps_setting,
    surroundings,
)
from recipes.rolling import Astray, astray
from recipes.settings import (
    ROW,
    Settings as AnySettings,
    activation_setting,
    choices,
    learning_rate_setting,
    seed_setting,
)
from runs.shelf import shelf
from runs.work import HowFar, Tell
from views.gradients.race.digits import (
    DigitRace,
    digit_race,
    digit_race_figure,
    not_begun,
    on_the_way,
    racing,
    said,
)
from views.view import AS_CODE, THIS_RUNS, TWIN, Piece, TryThis, View

ADAPTIVE = ("rmsprop", "adam")
BETWEEN_LOOKS = 0.1  # seconds between two looks whether the digits are found

IN_SHORT = (
    "*sgd* steps straight downhill, *momentum* rolls on like a ball, *nesterov* rolls and looks "
    "ahead, *rmsprop* steps as far on flat ground as on steep, *adam* does that and rolls."
)
FIVE = (
    "*sgd* steps straight against the gradient. *momentum* keeps nine tenths of its last step, "
    "too, like a ball that rolls. *nesterov* is momentum that looks ahead, to where this takes it. "
    "*rmsprop* divides each weight's step by how large its gradients have been of late, so that "
    "steps on flat ground are not shorter. *adam* is both, momentum and rmsprop."
)
DASHED = "nesterov"  # its path lies on momentum's: dashes let it be seen that there are two


@dataclass(frozen=True)
class Settings(AnySettings):
    """Five optimizers from the same start."""

    page = "gradients"
    ground: str = choices(
        "landscape",
        ("landscape", "digits"),
        "On",
        "XOR's four points, drawn as a landscape, or batches of handwritten digits.",
        stands=ROW,
    )
    race_lr: float = learning_rate_setting(
        0.3, f"Of SGD, alone, with momentum and with Nesterov's. {IN_SHORT}", stands=ROW
    )
    adaptive_lr: float = learning_rate_setting(
        0.03,
        "Their steps do not grow with the gradient, so they have a learning rate of their own.",
        "Of RMSprop and Adam",
        stands=ROW,
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    seed: int = seed_setting("Another seed draws other starting weights.")
    plane: str = plane_setting()
    hidden: int = hidden_setting()
    steps: int = steps_setting()

    def idle(self) -> tuple[str, ...]:
        """On digits there is no plane, one size of network, and one number of steps."""
        return ("plane", "hidden", "steps") if self.ground == "digits" else ()

    def rates(self) -> dict[str, float]:
        """The learning rate with which each optimizer races."""
        return {name: self.adaptive_lr if name in ADAPTIVE else self.race_lr for name in OPTIMIZERS}


class LandscapeRace(NamedTuple):
    """Five paths over one landscape."""

    steps: int
    ground: Ground
    land: Landscape
    paths: list[Path]
    astray: dict[str, Astray]  # by optimizer: where the map says another loss than is true


class Numbers(NamedTuple):
    """A race, and with which learning rates it is run."""

    race_lr: float
    adaptive_lr: float
    race: LandscapeRace | DigitRace


def numbers(settings: Settings) -> Numbers:
    """The whole race."""
    *_, whole = growing(settings, lambda how_far: None)
    return whole


def growing(settings: Settings, tell: Tell) -> Iterator[Numbers]:
    """Over a landscape the whole race at once; on digits what of it is run so far."""
    rates = settings.race_lr, settings.adaptive_lr
    if settings.ground == "landscape":
        tell(HowFar(1.0))
        yield Numbers(*rates, _over_landscape(settings))
        return
    everyone = settings.rates()
    while shelf().looking:
        tell(shelf().how_far._replace(done=f"0 of {len(everyone)} optimizers"))
        yield Numbers(*rates, not_begun())
        time.sleep(BETWEEN_LOOKS)
    digits = shelf().digits()
    trainers = digit_race(settings.activation, settings.seed, everyone, digits)
    for race in racing(trainers, digits):
        done = len(race.loss)
        tell(HowFar(done / len(everyone), "Training", f"{done} of {len(everyone)} optimizers"))
        yield Numbers(*rates, race)


def _over_landscape(settings: Settings) -> LandscapeRace:
    around = settings.activation, settings.hidden, settings.plane, settings.seed
    ground, land = surroundings(*around)
    paths = [
        path_on(ground, descent(ground, name, rate, settings.steps), name, name == DASHED)
        for name, rate in settings.rates().items()
    ]
    misled = {p.name: astray(land, p, losses_at(ground, ground.plane.points(p.at))) for p in paths}
    known = {name: found for name, found in misled.items() if found}
    return LandscapeRace(settings.steps, ground, land, paths, known)


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """All paths on the landscape, and their losses; or the losses on digits."""
    race = numbers.race
    if isinstance(race, DigitRace):
        return digit_race_figure(race)
    return landscape_figure(race.land, race.paths, "race")


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """Who is ahead by then, and at the end who came how far, best first."""
    usual, adaptive = number(numbers.race_lr, 4), number(numbers.adaptive_lr, 4)
    rates = f"Learning rate {usual}, for RMSprop and Adam {adaptive}."
    race = numbers.race
    if isinstance(race, DigitRace):
        return [*on_the_way(race), Said(race.total, f"{said(race)} {rates}")]
    worst = max(race.astray, key=lambda one: race.astray[one].factor, default="")
    star = what_the_star_is(race.ground, race.land)
    start, last = number(race.paths[0].loss[0]), max(len(path.loss) for path in race.paths) - 1
    begun = f"All five stand at one place, loss (how wrong they are) **{start}**."
    left = [] if brief and worst else gathered("Left the map", left_at(race))
    end = Said(last, at_the_end(race, worst, "" if brief else star, left, brief))
    begun = sentences(begun, IN_SHORT, "" if brief else star)
    course = [Said(0, begun), *firsts({path.name: path.loss for path in race.paths})]
    return together([misled(race.astray.get(worst), worst), course, left], end)


def left_at(race: LandscapeRace) -> dict[str, int]:
    """The first step at which each optimizer was outside the map, of those that were."""
    steps = {path.name: first(~race.land.holds(path.at)) for path in race.paths}
    return {name: step for name, step in steps.items() if step is not None}


def at_the_end(
    race: LandscapeRace, worst: str, star: str, left: Sequence[Said], brief: bool
) -> str:
    """Who came how far, best first, and who left the map; `worst` is who it is most wrong about."""
    far = max(path.distance.max() for path in race.paths)
    off = off_picture(len(race.ground.start), far, race.land.width, "the paths are")
    return sentences(
        misleads(race.astray.get(worst), worst),
        f"From one start, loss after {race.steps:,} steps, lowest first: {places(race.paths)}",
        left[-1].words if left else "",
        star,
        "" if race.astray or brief else off,
        found_less(race.ground).strip(),
    )


def places(paths: Sequence[Path]) -> str:
    """The lowest loss first, and who diverged."""
    ends = [path for path in paths if path.diverged_at is None]
    order = sorted(ends, key=lambda path: path.loss[-1])
    named = ranked({path.name: number(path.loss[-1]) for path in order}) if order else "none"
    out = [path.name for path in paths if path.diverged_at is not None]
    return f"{named}.{f' {listed(out)} diverged.' if out else ''}"


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """The other ground."""
    ground, why = {
        "landscape": ("digits", "the same five learn to read handwriting, batch by batch."),
        "digits": ("landscape", "the same five learn XOR, seen from above."),
    }[settings.ground]
    return TryThis(f"the race on *{ground}*", why, replace(settings, ground=ground), "race")


def what_they_are(numbers: Numbers) -> dict[str, str]:
    """What each of the five does, in words."""
    return {"What are these five?": FIVE}


MATHS = [
    "With the gradient $g$ and the learning rate η:",
    r"$$\text{sgd: } \theta \leftarrow \theta - \eta g \qquad \text{momentum: } v \leftarrow 0.9 v "
    r"- \eta g,\ \theta \leftarrow \theta + v$$",
    r"$$\text{nesterov: the same } v,\ \theta \leftarrow \theta + 0.9 v - \eta g$$",
    r"$$\text{rmsprop: } s \leftarrow 0.9 s + 0.1 g^2,\ \theta \leftarrow \theta - \eta\, "
    r"\frac{g}{\sqrt s + \varepsilon}$$",
    r"$$\text{adam: } m \leftarrow 0.9 m + 0.1 g,\ s \leftarrow 0.999 s + 0.001 g^2,\ \theta "
    r"\leftarrow \theta - \eta\, \frac{\hat m}{\sqrt{\hat s} + \varepsilon}$$",
    r"with $\hat m = m / (1 - 0.9^t)$, $\hat s = s / (1 - 0.999^t)$.",
    "The digits' curves are means over ten batches each, measured before each step.",
]


def code(numbers: Numbers) -> list[Piece]:
    """What trained, and the three kinds of optimizers."""
    trained = digit_race if isinstance(numbers.race, DigitRace) else descent
    return [trained, SGD, RMSprop, Adam]


def code_note(numbers: Numbers) -> str:
    """Who took the steps: on digits nn_core."""
    race = numbers.race
    ours = isinstance(race, LandscapeRace) and knows(race.ground.activation)
    return f"{AS_CODE} {TWIN}" if ours else THIS_RUNS


VIEW = View(
    name="race",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=code,
    code_note=code_note,
    growing=growing,
    asked=what_they_are,
    heights=("58vh", "60vh"),
)
