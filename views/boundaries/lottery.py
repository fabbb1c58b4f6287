"""Was I lucky? The setting on screen, trained from 400 starts, and how each of them ended."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from datasets.plane import FOUR_POINTS
from figures.lottery import Lottery
from figures.words import listed, sentences
from kernels import suits
from nn_core import Trainer, log_spaced
from recipes.boundaries import (
    BoundariesSettings,
    boundaries_data,
    boundaries_trainer,
    frames_for,
)
from recipes.lottery import (
    LEARNED,
    Ending,
    Lane,
    LotterySettings as Settings,
    ending,
    film_of,
    lane,
    shared,
    starts_of,
    steps_of_curve,
    tally,
)
from recipes.settings import STUDY_NOTES, Preset
from runs.compiling import until_compiled
from runs.side_by_side import side_by_side
from runs.work import HowFar, Tell
from views.predict import Amount, Predict, Question
from views.view import Piece, TryThis, View, who_took_the_steps

NAME = "lottery"
MOST_SAID = 3  # endings, besides having learned it
NEARLY_ALL = 0.9  # of the starts: with so many it is no luck to be among them


class Numbers(NamedTuple):
    """A lottery, whole or as far as it is drawn."""

    settings: Settings
    lanes: Sequence[Lane]  # as they ended
    steps: Sequence[int]  # of their curves
    counts: list[tuple[Ending, int]]  # the best ending first
    compiled: bool  # whether the loop took its steps, or nn_core


def numbers(settings: Settings) -> Numbers:
    """The whole lottery."""
    *_, whole = growing(settings)
    return whole


def growing(settings: Settings, tell: Tell = lambda how_far: None) -> Iterator[Numbers]:
    """The lottery as its starts are trained, again and again, until all have ended."""
    data, starts = boundaries_data(settings), starts_of(settings)
    one = boundaries_trainer(starts[0], data, frames=())
    steps = settings.epochs * one.steps_per_epoch
    frames = log_spaced(steps, frames_for(one.net))
    shown, lanes, of = steps_of_curve(frames), list[Lane](), len(starts)

    def so_far() -> Numbers:
        return Numbers(settings, tuple(lanes), shown, tally(lanes), suits(one))

    def trainer(start: BoundariesSettings) -> Trainer:
        return boundaries_trainer(start, data, frames=frames)

    yield from until_compiled([one], tell, f"0 of {of} starts", so_far)
    for share, ended in side_by_side(starts, trainer, steps):
        lanes += [lane(starts[place], data, trained, shown) for place, trained in ended]
        tell(HowFar(share, "Training", f"{len(lanes)} of {of} starts", enough=bool(lanes)))
        yield so_far()


def before(settings: Settings) -> Numbers:
    """The lottery before any start is trained."""
    start = starts_of(settings)[0]
    one = boundaries_trainer(start, boundaries_data(settings), frames=())
    frames = log_spaced(settings.epochs * one.steps_per_epoch, frames_for(one.net))
    return Numbers(settings, (), steps_of_curve(frames), [], suits(one))


def guess(settings: Settings) -> Question:
    """What is asked before the starts are trained."""
    of = f"of {settings.starts} start{'' if settings.starts == 1 else 's'}"
    asks = f"How many {of} will learn it: {meaning(settings)}?"
    return Question(asks, [Amount(settings.starts, of, how_many)])


def how_many(numbers: Numbers) -> int:
    """Of all starts, how many learned it."""
    return dict(numbers.counts).get(LEARNED, 0)


def seen_by(numbers: Numbers, settings: Settings) -> Numbers:
    """The same lottery for whoever has this seed of it."""
    return numbers._replace(settings=settings)


def picture(numbers: Numbers, brief: bool = False) -> Lottery:
    """All curves, where their ends pile up, and what each network says of the plane."""
    lanes, of = list(numbers.lanes), numbers.settings.starts
    own, means = film_of(numbers.settings), meaning(numbers.settings)
    return Lottery(lanes, numbers.steps, of, own, means)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How many learned it, what became of the others, and whether yours was lucky."""
    settings, counts = numbers.settings, dict(numbers.counts)
    trained, of = len(numbers.lanes), settings.starts
    if not trained:
        return f"**0** of {of} starts are trained so far: the first count comes with the first end."
    learned = counts.pop(LEARNED, 0)
    starts = "start" if trained == 1 else "starts"
    so_far = "" if trained == of else f" trained so far ({of} in all)"
    did = f"Of **{trained}** {starts}{so_far} **{_all(learned, trained)}** learned it"
    others = _others(counts, trained)
    told = "; ".join(filter(None, [did, others, _yours(numbers, learned)]))
    means = "" if learned else f"*Learned it* would be: {meaning(settings)}."
    return sentences(f"{told}.", *([] if brief else [_beside(settings), means]))


def _others(counts: dict[Ending, int], trained: int) -> str:
    """What became of those that did not learn it, the most frequent first."""
    most = sorted(counts.items(), key=lambda item: -item[1])
    said = [f"**{_all(count, trained)}** {ending.words}" for ending, count in most[:MOST_SAID]]
    if rest := sum(count for _, count in most[MOST_SAID:]):
        said.append(f"**{rest}** ended otherwise")
    return listed(said) if said else ""


def _all(count: int, trained: int) -> str:
    if count in (0, trained) and trained > 1:
        return "all" if count else "none"
    return f"{count}"


def _yours(numbers: Numbers, learned: int) -> str:
    """What became of the start on screen, beside the others."""
    own = film_of(numbers.settings)
    ended = next((lane.ending for lane in numbers.lanes if lane.start == own), None)
    if ended is None or len(numbers.lanes) == 1:
        return ""
    name = "the study notes’ start" if own.init == STUDY_NOTES else f"seed {own.seed}"
    if not learned and len(numbers.counts) == 1:
        return f"so {name}, yours, had no worse luck than any other"
    if not learned:
        return f"yours, {name}, {ended.words}"
    if learned == len(numbers.lanes):
        return f"so it was no luck that yours, {name}, did"
    if ended == LEARNED and learned > NEARLY_ALL * len(numbers.lanes):
        return f"yours, {name}, did, as nearly all"
    if ended == LEARNED:
        return f"yours, {name}, was among the *lucky*"
    return f"yours, {name}, was among the *unlucky*: it {ended.words}"


def _beside(settings: Settings) -> str:
    if settings.init != STUDY_NOTES or settings.starts == 1:
        return ""
    return "The study notes’ start is one of them; the others are drawn as *normal* draws them."


def meaning(settings: BoundariesSettings) -> str:
    """When a start counts as having learned what it was asked."""
    data = boundaries_data(settings)
    if data.name == FOUR_POINTS:
        return "all four answers within 0.1"
    if data.classes:
        return "99% or more of its points right"
    return "a tenth of the error left, or less"


def _exactly(settings: Settings) -> str:
    """What the few words of `meaning` are about."""
    data = boundaries_data(settings)
    if data.name == FOUR_POINTS:
        return "That is, each no further than that from the 0 or 1 it should be."
    if data.classes:
        return "Its points are those it learned from; unseen ones do not count."
    return (
        "The error is the mean squared one on the points it learned from, beside that of the best "
        "single answer to all of them."
    )


def maths(numbers: Numbers) -> list[str]:
    """What is counted, how sure the share is, and where the four points' plateaus lie."""
    n = len(numbers.lanes)
    k = dict(numbers.counts).get(LEARNED, 0)
    lines = [
        f"*Learned it* means: {meaning(numbers.settings)}. {_exactly(numbers.settings)}",
        "The share that learned it, and how far chance alone moves such a share (one standard "
        "error):",
        r"$$\hat p = \frac{k}{n}, \qquad \sqrt{\frac{\hat p\,(1 - \hat p)}{n}}$$",
    ]
    if n:
        p = k / n
        lines.append(
            rf"$$\hat p = \frac{{{k}}}{{{n}}} = {100 * p:.1f}\%, \qquad "
            rf"{100 * (p * (1 - p) / n) ** 0.5:.1f}\%$$"
        )
    if numbers.settings.dataset == FOUR_POINTS and numbers.settings.loss == "cross_entropy":
        lines.append(
            r"Two answers right and two at ½ have the loss $\tfrac12 \ln 2 \approx 0.347$; three "
            r"that agree on ⅔, two of them rightly, have "
            r"$\tfrac14 (2 \ln \tfrac32 + \ln 3) \approx 0.477$; all four at ½ have "
            r"$\ln 2 \approx 0.693$. Such a stretch is a *plateau*, and no local minimum: it "
            "slopes, but hardly."
        )
    return lines


CODE: list[Piece] = [starts_of, ending, boundaries_trainer, Trainer]


def opens(settings: Settings, seed: int) -> tuple[str, BoundariesSettings] | None:
    """The film of a start that was touched, by its seed; None if it is none of them."""
    start = next((start for start in starts_of(settings) if start.seed == seed), None)
    return None if start is None else ("film", start)


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """The same lottery with other units: what it comes to is for the reader to see."""
    hidden = 2 * settings.hidden if settings.hidden <= 8 else settings.hidden // 2
    than = "more" if hidden > settings.hidden else "fewer"
    changed = replace(settings, hidden=hidden)
    return TryThis(
        f"*hidden units* {hidden}", f"the same lottery with {than} units.", changed, NAME
    )


XOR = BoundariesSettings(
    dataset=FOUR_POINTS,
    layers=1,
    hidden=2,
    activation="sigmoid",
    init="normal",
    lr=1.0,
    epochs=20_000,
)
PRESETS = {
    "Was I lucky?": Preset(Settings(**vars(XOR))),
}

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    code_note=who_took_the_steps,
    presets=PRESETS,
    growing=growing,
    shared=shared,
    seen_by=seen_by,
    opens=opens,
    predict=Predict(guess, before),
    heights=("58vh", "68vh"),
)
