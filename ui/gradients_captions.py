"""What each view of Gradients shows, in words, with the numbers on screen."""

import numpy as np

from figures.activations import SATURATED
from figures.batches import BatchNoise, medians_of
from figures.depth import DepthFilm, Side
from figures.landscape import Landscape, Path, Verdict
from figures.rates import DigitRace, RateCurves, label
from figures.words import number
from nn_core import layer_norms
from runs.gradients import FILM_STEPS, SOLVED, STUCK, Ground, OnePass
from runs.gradients_config import BatchesConfig, LandscapeConfig, RaceConfig
from ui.captions import FLAT, listed

READABLE = 1e13  # the largest denominator that is written out
FELL, ROSE = 0.5, 0.1  # shares: a loss that halved has learned; rises at one step in ten bounce
SILENT, NEAR_LN_2 = 1e-3, 0.01  # a share of the first gradients; how near a loss is to a coin's
VISIBLE = 1e-3  # of a loss: a rise that the eye can find on the curve


def heard(first: float, last: float) -> str:
    """What the first layer hears, as a share of what the last one does: "1/4,000 of what"."""
    if last == 0 or first == 0:
        return "nothing of what" if last else "as little as"
    ratio = last / first
    if ratio <= 1:
        return f"{number(first / last)} times what"
    if ratio < 10:
        return f"1/{number(ratio)} of what"
    two = float(f"{ratio:.2g}")
    return f"1/{two:,.0f} of what" if ratio < READABLE else f"1/({number(two)}) of what"


def backprop_caption(one: OnePass, short: bool = False) -> str:
    """The answer, how much of its error each end of the network hears, and what a step brings.

    `short` is for a projector, where the drawing needs the room.
    """
    first, *_, last = layer_norms(one.net)
    loss, after = float(one.numbers["loss"]), float(one.after["loss"])
    units = sum(slope.size for slope in one.slopes)
    locked = sum(int((np.abs(slope) < SATURATED).sum()) for slope in one.slopes)
    share = f"the first layer hears **{heard(first, last)}** the last one hears"
    if short:
        return f"Loss **{number(loss)}**, and {share}. After the step: **{number(after)}**."
    locks = f" **{locked}** of {units} hidden units are saturated (locked)." if locked else ""
    return (
        f"The answer is **{number(one.numbers['output'].item())}** where {one.target:g} is right: "
        f"loss (how wrong it is) **{number(loss)}**. Of this error {share}.{locks} One step with "
        f"learning rate {number(one.lr, 4)}: predicted loss {number(one.predicted)}, real "
        f"**{number(after)}**."
    )


def depth_caption(sides: tuple[Side, Side], depth: int, short: bool = False) -> str:
    """The start of both networks, and what training made of them; `short` without the latter."""
    one, other = (side.film for side in sides)
    layers = "1 hidden layer" if depth == 1 else f"{depth} hidden layers"
    start = (
        f"With {layers} of {named(one)} the first layer hears "
        f"**{heard(one.norms[0, 0], one.norms[0, -1])}** the last one hears: {_each(one, depth)}. "
        f"With {named(other)}: **{heard(other.norms[0, 0], other.norms[0, -1])}** it "
        f"hears{_factor_of(other, depth, ', by ')}."
    )
    if short:
        return start
    filmed = [side.map_film for side in sides if side.map_film]
    end = int(filmed[0].steps[-1]) if len(filmed) == len(sides) else FILM_STEPS
    return (
        f"{start} {end} steps: {_trained(one, end)} and {_trained(other, end)}."
        f"{_nothing(one)}{_nothing(other)}"
    )


def named(film: DepthFilm) -> str:
    """A recipe in words: sigmoid (glorot_uniform weights)."""
    activation, init = film.name.split(", ")
    return f"*{activation.replace('_', ' ')}* ({init} weights)"


def _each(film: DepthFilm, depth: int) -> str:
    """What one layer makes of the gradient on its way back."""
    steepest = " (at most ¼)" if film.name.startswith("sigmoid,") else ""
    return (
        f"each layer multiplies it by its slope{steepest} and weights"
        f"{_factor_of(film, depth, ', on average by ')}"
    )


def _factor_of(film: DepthFilm, depth: int, words: str) -> str:
    """The geometric mean of what all layers multiply by, if there is one."""
    first, last = film.norms[0, 0], film.norms[0, -1]
    if first == 0 or last == 0:
        return ""
    return f"{words}{number((first / last) ** (1 / depth))}"


def _trained(film: DepthFilm, end: int) -> str:
    if film.diverged_at is not None and film.diverged_at <= end:
        return f"*diverged* at step {film.diverged_at:,}"
    return f"loss {number(film.loss[0])} → {number(film.loss_at(end))}{_silenced(film, end)}"


def _nothing(film: DepthFilm) -> str:
    zeros = int((film.norms[0] == 0).sum())
    if not zeros:
        return ""
    why = (
        "all its weights are 0, and 0 times anything is 0"
        if film.name.endswith(", zeros")
        else "somewhere on the way they are multiplied by 0"
    )
    return (
        f" At the start {zeros} of the {film.norms.shape[1]} layers of {film.name} hear exactly "
        f"nothing ({why}), so nothing is drawn there."
    )


def _silenced(film: DepthFilm, end: int) -> str:
    """Why in the end not even the last layer hears anything, if that is so, but for no good reason.

    Half of the points are of each class, so the best that an answer can do that is the same for
    all points is near ½, with a loss near ln 2.
    """
    loudest = film.at(end).max()
    if loudest > SILENT * film.norms[0].max() or abs(film.loss_at(end) - np.log(2)) > NEAR_LN_2:
        return ""
    return " (*plateau*: every answer ½, all silent)"


def ground_sentence(ground: Ground) -> str:
    """What the plane was made of, where the search found less than its names say."""
    sentence = ""
    if ground.solution_loss >= SOLVED:
        sentence = (
            " None of 32 runs solved XOR, so the best end stands for the solution "
            f"(loss {number(ground.solution_loss)})."
        )
    if ground.stuck_loss <= STUCK:
        sentence += (
            " None of 32 runs got stuck, so the worst end stands for the stuck run "
            f"(loss {number(ground.stuck_loss)})."
        )
    return sentence


def landscape_caption(config: LandscapeConfig, ground: Ground, path: Path, how: Verdict) -> str:
    """Crawl, glide, bounce or fly out, in numbers; and how far the picture is from the truth."""
    rate = f"With learning rate **{number(config.lr, 4)}** it *{how.word}*"
    if path.diverged_at is not None:
        rate += f" and *diverges* at step {path.diverged_at:,}"
    elif how.left_at is not None:
        rate += f", out of the picture from step {how.left_at:,}"
    elif how.word == "gets stuck":
        rate += " on a *plateau*, so flat that the second half of the steps hardly changed it"
    rises = f", up instead of down in {how.rises:,} of them" if how.rises else ""
    return (
        f"{rate}: loss (how wrong it is) from {number(how.first)} to **{number(how.last)}** in "
        f"{how.steps:,} steps{rises}. "
        f"{_off_picture(len(ground.start), how.off_plane, how.width, 'the path is')}"
        f"{ground_sentence(ground)}"
    )


def _off_picture(parameters: int, off: float, width: float, who: str) -> str:
    """How far the picture is from the truth."""
    return (
        f"A picture has 2 of this network's {parameters} directions; in the others {who} up to "
        f"**{number(off)}** away from it, and it is {number(width)} wide itself."
    )


def race_caption(config: RaceConfig, ground: Ground, paths: list[Path], width: float) -> str:
    """Who came how far, best first."""
    ends = [path for path in paths if path.diverged_at is None]
    order = sorted(ends, key=lambda path: path.loss[-1])
    places = listed([f"{path.name} **{number(path.loss[-1])}**" for path in order] or ["none"])
    out = [path.name for path in paths if path.diverged_at is not None]
    gone = f" {listed(out)} diverged." if out else ""
    far = max(path.distance.max() for path in paths)
    return (
        f"From one start, loss after {config.steps:,} steps, lowest first: {places}.{gone} "
        f"{_race_rates(config)} "
        f"{_off_picture(len(ground.start), far, width, 'the paths are')}"
        f"{ground_sentence(ground)}"
    )


def digit_race_caption(config: RaceConfig, race: DigitRace, digits: str) -> str:
    """Who reads how many digits by now."""
    order = sorted(race.accuracy, key=lambda name: -race.accuracy[name])
    places = listed([f"{name} **{race.accuracy[name]:.1%}**" for name in order])
    return (
        f"The same {race.total} batches of {digits} for everyone. Test digits read right, most "
        f"first: {places}. {_race_rates(config)}"
    )


def _race_rates(config: RaceConfig) -> str:
    usual, adaptive = number(config.race_lr, 4), number(config.adaptive_lr, 4)
    return f"Learning rate {usual}, for RMSprop and Adam {adaptive}."


def rates_caption(curves: RateCurves) -> str:
    """What each of the three did, judged by its own curve and by how far the others came."""
    ends = curves.loss[-1]
    said = [
        f"**{label(rate)}** {_rate(loss, ends[i + 1 :])}"
        for i, (rate, loss) in enumerate(zip(curves.rates, curves.loss.T, strict=True))
    ]
    return f"After {len(curves.loss) - 1:,} steps: " + "; ".join(said) + "."


def _rate(loss: np.ndarray, larger: np.ndarray) -> str:
    """One curve in words; `larger` are the ends of those with larger learning rates."""
    if np.isnan(loss[-1]):
        return "*diverged*, its numbers left what a computer can hold"
    end = f"loss {number(loss[0])} to **{number(loss[-1])}**"
    steps, ups = len(loss) - 1, int((np.diff(loss) > VISIBLE * loss[:-1]).sum())
    if loss[-1] > (1 + VISIBLE) * loss[0]:
        return f"is *too large*: {end}, more wrong than at the start"
    if ups >= ROSE * steps:
        return f"*bounces*, its steps are too long: {end}, but up in {ups:,} of them"
    if loss.max() > (1 + VISIBLE) * loss[0]:
        peak = int(loss.argmax())
        return (
            f"is *too large* at first: up to {number(loss[peak])} at step {peak:,}, then down to "
            f"**{number(loss[-1])}**"
        )
    if loss[-1] < FELL * loss[0]:
        return f"*learns*: {end}"
    if (larger < FELL * loss[-1]).any():  # NaN, a larger one that diverged, is no proof
        return f"is *too small* for so few steps: {end}, and a larger one came much further"
    if loss[steps // 2] - loss[-1] < FLAT * loss[steps // 2]:
        return f"*levels off*, on a plateau or at its best: {end}"
    return f"is *slow*, but still falling: {end}"


def batches_caption(config: BatchesConfig, noise: BatchNoise) -> str:
    """What a batch of the chosen size says, beside one of a single point and all of them."""
    at = int(np.flatnonzero(noise.sizes == config.batch)[0])
    if noise.full == 0:
        return (
            "The gradient of all points is exactly 0 here, so no direction is right and no batch "
            "can be compared with it."
        )
    angles, lengths = medians_of(noise.angle), medians_of(noise.length)
    silent = int((noise.length[at] == 0).sum())
    if np.isnan(angles[at]):
        return f"Every batch of {config.batch} has a gradient of exactly 0 here, and so no angle."
    single = f"A single point's is {_off(angles[0])} (median){_uphill(noise.angle[0])}"
    if config.batch == noise.points:
        return (
            f"A batch of **all {noise.points}** points is no sample but everything there is: its "
            f"gradient is the gradient, exactly. {single}. {FOLDED}"
        )
    return (
        f"The gradient of a batch of **{config.batch}** is **{number(angles[at])}°** off that of "
        f"all {noise.points} points and **{number(lengths[at])}** times as long "
        f"(medians){_uphill(noise.angle[at])}.{_silent(silent)} "
        f"{'' if config.batch == 1 else single + '. '}{FOLDED}"
    )


FOLDED = (
    "Each arrow has its true angle and length; a picture has only two sides for it to lean to, "
    "where the network has a direction for every weight."
)


def _uphill(angles: np.ndarray) -> str:
    """How many batches would send the network the wrong way, more than 90° off."""
    wrong = int((angles > 90).sum())
    return (
        f"; {wrong} of {angles.size} such batches point uphill, more than 90° off" if wrong else ""
    )


def _off(angle: float) -> str:
    return "exactly 0" if np.isnan(angle) else f"{number(angle)}° off"


def _silent(batches: int) -> str:
    return f" {batches} have a gradient of exactly 0, and so no angle." if batches else ""


def plane_title(config: LandscapeConfig | RaceConfig, land: Landscape) -> str:
    """What the landscape is."""
    if land.true:
        return "The loss on the plane through a start, a solution and a stuck run"
    return "The loss around a solution, in two random directions (start and stuck run: nearest)"
