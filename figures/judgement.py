"""How a training went, in words: what `recipes/` found, and nothing else, is said."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from figures.heard import part
from figures.theme import CLASS_COLOURS
from figures.words import advice, listed, number
from recipes.judgement import VISIBLE, Course, Went, rises, undecided
from recipes.meanings import with_its_name
from recipes.reasons import (
    Alike,
    Apart,
    AtItsBest,
    ByHeart,
    Copies,
    DeadLayer,
    FewSteps,
    OtherStarts,
    Overfitting,
    Reason,
    Silencing,
    Slow,
    Stuck,
    Surer,
    TooLong,
    TooStrong,
    Trial,
    Unheard,
    Vanishing,
    Verdict,
)
from recipes.settings import Settings, plain, spoken

COUNTS = ("none", "one", "two", "three", "all")  # of four
COLOURS = tuple(CLASS_COLOURS)  # of class 0, 1, …

ON_A_LANDSCAPE = {
    Went.FLEW_OUT: "flies out",
    Went.ROSE: "overshoots",
    Went.BOUNCED: "bounces",
    Went.HARDLY_MOVED: "crawls",
    Went.STUCK: "levels off",
    Went.LEARNED: "glides",
}
LONGER = advice("More epochs or a larger learning rate may help.", "epochs", "lr")
PLATEAU = " on a *plateau*: the second half of the steps hardly changed it"


def rate_words(went: Went, loss: np.ndarray) -> str:
    """What one of several learning rates did, (steps + 1,) its losses."""
    end = f"loss {number(loss[0])} to **{number(loss[-1])}**"
    match went:
        case Went.DIVERGED:
            return "*diverged*, its numbers left what a computer can hold"
        case Went.ROSE:
            return f"is *too large*: {end}, more wrong than at the start"
        case Went.BOUNCED:
            ups = rises(loss, VISIBLE)
            return f"*bounces*, its steps are too long: {end}, but up in {ups:,} of them"
        case Went.OVERSHOT:
            peak = int(loss.argmax())
            return (
                f"is *too large* at first: up to {number(loss[peak])} at step {peak:,}, then down "
                f"to **{number(loss[-1])}**"
            )
        case Went.LEARNED:
            return f"*learns*: {end}"
        case Went.TOO_SLOW:
            return f"is *too small* for so few steps: {end}, and a larger one came much further"
        case Went.HARDLY_MOVED:
            return f"has *hardly moved*: {end}"
        case Went.LEVELLED:
            return f"*levels off*, the second half of the steps hardly changed it: {end}"
        case _:
            return f"is *slow*, but still falling: {end}"


def four_answers(answers: np.ndarray, targets: np.ndarray, stuck: bool = False) -> str:
    """How many of XOR's four answers are right, or undecided, and then which; `stuck` if known."""
    open_ones, right = undecided(answers), (answers > 0.5) == (targets == 1)
    if not open_ones.any():
        is_are = "is" if right.sum() == 1 else "are"
        return f"{COUNTS[right.sum()]} of the four answers {is_are} right"
    count, are = COUNTS[open_ones.sum()], "is" if open_ones.sum() == 1 else "are"
    values = listed([f"**{value:.4f}**" for value in answers[open_ones]])
    return (
        f"{count} of the four answers {are} {'stuck' if stuck else 'undecided,'} near ½: {values}"
    )


def course_words(course: Course) -> str:
    """What the loss of a training did that did not learn what it was asked; "" if nothing plain."""
    half = f"half way, at step {course.half_step:,}, it was **{number(course.half_way)}**"
    match course.went:
        case Went.ROSE:
            return f"Its loss is *larger than at the start* (**{number(course.first)}**)"
        case Went.CAME_BACK:
            return f"The loss has *risen* again ({half})"
        case Went.BOUNCED:
            up, down = number(course.high), number(course.low)
            return f"The loss *jumps*, since half way up to **{up}** and down to **{down}**"
        case Went.HARDLY_MOVED:
            return f"The loss has *hardly moved* (it began at **{number(course.first)}**)"
        case Went.LEVELLED:
            return "The second half of the steps changed the loss by less than 2%"
        case Went.FALLING:
            return f"The loss is *still falling* ({half})"
        case _:
            return ""


def why_words(course: Course, reason: Reason | None, samples: str = "points") -> str:
    """What a training's loss did, and why, in one sentence; "" if neither was found.

    A reason that says more than the course of the loss stands alone; `samples` are what it is of.
    """
    did, why = course_words(course), _why(reason)
    if not why:
        why = _found_in_it(reason, samples)
        alone = course.went not in (Went.ROSE, Went.CAME_BACK) or isinstance(
            reason, ByHeart | Surer | Overfitting
        )
        did = "" if why and alone else did
    if not (did and why):
        return f"{did}." if did else _begun(why)
    return f"{did}: {why}"


def _begun(words: str) -> str:
    """As a sentence begins, emphasised or not."""
    first = len(words) - len(words.lstrip("*"))
    return words[:first] + words[first : first + 1].upper() + words[first + 1 :]


def _why(reason: Reason | None) -> str:
    """A reason why the loss did what it did, as the end of a sentence."""
    match reason:
        case TooLong():
            return "its steps are *too long*."
        case Slow():
            return "it is *slow*, not stuck."
        case FewSteps(steps):
            return f"a batch of all points is one step an epoch, and {steps:,} are *too few*."
        case Silencing(share):
            return (
                f"*dropout* silences {share:.0%} of the hidden units at every step, too many here."
            )
        case _:
            return ""


def _found_in_it(reason: Reason | None, samples: str) -> str:
    """A reason that was found in the network or in its data."""
    match reason:
        case TooStrong(penalties):
            pulls = listed([f"*{name.upper()}* {plain(v)}" for name, v in penalties.items()])
            if len(penalties) > 1:
                return f"the penalties {pulls} are *too strong*, they keep the weights small."
            return f"the penalty {pulls} is *too strong*, it keeps the weights small."
        case Unheard(layers, of, "step"):
            if layers < of:
                return f"{layers} of {of} hidden layers never learn, for *step* has slope 0."
            hidden = "the hidden layer never learns" if of == 1 else "the hidden layers never learn"
            return f"{hidden}, for *step* has slope 0."
        case Unheard():
            return "all weights began at 0 and stay there, for 0 times any error is 0."
        case Copies(units, zeros):
            why = ", for all weights began at 0 and so learn the same" if zeros else ""
            return f"all {units} units of a hidden layer are *copies* of one{why}."
        case Alike(spots, best):
            where = "at one spot" if spots == 1 else f"at {spots:,} spots"
            return (
                f"{where} {samples} of different colours are the same to it, so no network with "
                f"these inputs gets more than **{best:.1%}** of all right."
            )
        case AtItsBest(best, hidden, reached):
            who = "hidden layers that bend nothing" if hidden else "no hidden layer"
            if reached:
                return f"its loss is *the best*, within 1%, that a network with {who} can have."
            return f"no network with {who} has a loss below **{number(best)}** here."
        case DeadLayer(dead, of):
            who = f"all {of}" if dead == of else f"{dead} of {of}"
            return f"{who} units of a hidden layer are *dead*, 0 at all {samples} it learns from."
        case Vanishing(share):
            return (
                f"the first layer hears only **{part(share)}** of what the last one hears, the "
                "rest is lost on the way back (*vanishing gradient*)."
            )
        case Stuck(further):
            more = f"{further:,} steps more, tried here, lower the loss by less than 5%"
            return f"it is *stuck*: {more}, and other steps (Adam's) do no better."
        case ByHeart(since, lowest, now):
            return (
                f"it has *learned by heart*: on unseen {samples} the loss was lowest at step "
                f"{since:,} (**{number(lowest)}**) and has risen to **{number(now)}** since "
                "(*overfitting*)."
            )
        case Apart(seen, right, since, tested):
            return (
                f"it has *learned by heart*: of its own {samples} it gets **{seen:.1%}** right, of "
                f"unseen ones **{right:.1%}**, and they have been apart since step {since:,} "
                f"(*overfitting*; {tested:,} unseen {samples} were counted)."
            )
        case Surer(since, lowest, now, then, right):
            return (
                f"on unseen {samples} the loss has risen since step {since:,}, from "
                f"**{number(lowest)}** to **{number(now)}**, but no fewer are right ({then:.1%}, "
                f"now {right:.1%}): a loss also counts how sure an answer is."
            )
        case Overfitting(since):
            return overfitting_words(reason, f"step {since:,}", f"unseen {samples}", samples)
        case _:
            return ""


def overfitting_words(
    found: Overfitting, since: str, unseen: str, samples: str, brief: bool = False
) -> str:
    """Since when it is so, and how it shows on `unseen` samples and on those it learns from."""
    risen = (
        f"*Overfitting* (learning by heart) since {since}: the loss on {unseen} has risen from "
        f"**{number(found.lowest)}** to **{number(found.now)}**"
    )
    if brief:
        return f"{risen}."
    return (
        f"{risen}, while that on the {samples} it learns from fell from "
        f"{number(found.seen_then)} to {number(found.seen_now)}."
    )


def remedy_words(
    remedy: Trial | OtherStarts | None, settings: type[Settings], samples: str = "digits"
) -> str:
    """What could be tried, and what it came to when it was; "" if nothing was found.

    `samples` are what was counted.
    """
    match remedy:
        case OtherStarts(tried, solved, first, init):
            what = f"*starting weights* {with_its_name(init)}" if init else "another *seed*"
            gets = "gets" if solved == 1 else "get"
            return f"Try {what}: of {tried} starts {solved} {gets} all right, as seed {first} does."
        case Trial(changed, loss, accuracy, _, steps):
            if loss != loss:  # it is NaN where only the first steps were taken
                read = f"**{accuracy:.1%}** of the test {samples} after {steps:,} batches"
                return f"Try {named(changed, settings)}: here that read {read}."
            got = f"a loss of **{number(loss)}**"
            if accuracy == accuracy:  # it is NaN where a number is asked for
                got = f"**{accuracy:.1%}** right, {got}"
            return f"Try {named(changed, settings)}: here that came to {got}."
        case _:
            return ""


def named(changed: Mapping[str, Any], settings: type[Settings]) -> str:
    """Settings with their values, as the page has them: *learning rate* 0.3 and *L2* 0."""
    labels = {name: setting.label for name, setting in settings.allowed().items()}
    told = {name: with_its_name(plain(value)) for name, value in changed.items() if value != ""}
    return listed([f"*{spoken(labels[name])}* {value}" for name, value in told.items()])


def may_help(verdict: Verdict, shorter: bool, longer: bool, samples: str = "points") -> str:
    """What may help where nothing was tried; whether there are `shorter` and `longer` trainings.

    That is, a smaller learning rate, and a larger one or more epochs; `samples` are what it is of.
    """
    if verdict.good and not isinstance(verdict.reason, ByHeart | Apart | Overfitting):
        return ""
    match verdict.reason:
        case ByHeart() | Apart() | Overfitting():
            more = "images" if samples != "points" else "points"
            words = f"Fewer epochs, more {samples} or fewer hidden units may help."
            return advice(words, "epochs", more, "hidden")
        case Stuck() | Copies() | Unheard(because="zeros"):
            return advice("Other starting weights may help.", "init")
        case Slow() if longer:
            return LONGER
        case TooStrong():
            return advice("A weaker penalty may help.", "l1", "l2")
        case None:
            up = (Went.ROSE, Went.CAME_BACK, Went.BOUNCED)
            if verdict.course.went in up or verdict.diverged:
                return advice("A smaller learning rate may help.", "lr") if shorter else ""
            if verdict.course.went in (Went.HARDLY_MOVED, Went.FALLING) and longer:
                return LONGER
    return ""
