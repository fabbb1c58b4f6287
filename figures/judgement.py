"""How a training went, in words: what `recipes/judgement.py` found, and nothing else, is said."""

import numpy as np

from figures.words import listed, number
from recipes.judgement import VISIBLE, Went, rises, undecided

COUNTS = ("none", "one", "two", "three", "all")  # of four

ON_A_LANDSCAPE = {
    Went.FLEW_OUT: "flies out",
    Went.ROSE: "overshoots",
    Went.BOUNCED: "bounces",
    Went.HARDLY_MOVED: "crawls",
    Went.STUCK: "gets stuck",
    Went.LEARNED: "glides",
}
PLATEAU = " on a *plateau*, so flat that the second half of the steps hardly changed it"
SILENCED = " (*plateau*: every answer ½, all silent)"


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
        case Went.LEVELLED:
            return f"*levels off*, on a plateau or at its best: {end}"
        case _:
            return f"is *slow*, but still falling: {end}"


def film_words(went: Went) -> str:
    """Why a film that did not get all right got no further; "" where there is nothing to say."""
    return {
        Went.HARDLY_MOVED: "In all that time the loss has hardly moved.",
        Went.STUCK: "The loss has stopped falling.",
    }.get(went, "")


def four_answers(answers: np.ndarray, targets: np.ndarray, went: Went) -> tuple[str, str]:
    """How many of XOR's four answers are right or undecided; and why, if they are undecided."""
    open_ones, right = undecided(answers), (answers > 0.5) == (targets == 1)
    if not open_ones.any():
        is_are = "is" if right.sum() == 1 else "are"
        return f"{COUNTS[right.sum()]} of the four answers {is_are} right.", ""
    count, are = COUNTS[open_ones.sum()], "is" if open_ones.sum() == 1 else "are"
    values = listed([f"**{value:.4f}**" for value in answers[open_ones]])
    if went in (Went.STUCK, Went.HARDLY_MOVED):
        return f"{count} of the four answers {are} stuck near ½: {values}.", (
            "The second half of training hardly changed it: this is a *plateau*, a stretch so "
            "flat that no step leads far."
        )
    falling = "It is still falling: more steps may settle it." if went is Went.FALLING else ""
    return f"{count} of the four answers {are} still undecided, near ½: {values}.", falling
