"""What is said of two films that move together: what each has come to by the moment on screen."""

from itertools import pairwise

import numpy as np

from figures.milestones import first, together
from figures.race import ALIKE, Race
from figures.stage import StageFilm
from figures.words import Said, number

BELOW = {"half": 0.5, "a tenth": 0.1}  # of the loss at the start


def said_of(race: Race, end: str) -> list[Said]:
    """What each has come to, from the step of the left film on at which it is seen; then `end`."""
    left, right = race.films
    last = Said(int(left.steps[-1]), end)
    if len(left.steps) == 1:
        return [last]
    name, other = race.names
    strands = [
        _come_to(race, left, f"So far *{name}* {{}};"),
        _come_to(race, right, f"*{other}* {{}}."),
    ]
    begun, *later = together(strands, last)
    new = [now for before, now in pairwise([begun, *later]) if now.words != before.words]
    return [Said(0, _before(race)), begun, *new]


def _before(race: Race) -> str:
    """What both are before the first step."""
    (name, other), (one, two) = race.names, map(_at_the_start, race.films)
    if one == two:
        return f"Before the first step both have {one}."
    return f"Before the first step *{name}* has {one}; *{other}* has {two}."


def _at_the_start(film: StageFilm) -> str:
    loss = f"loss (how wrong it is) **{number(float(film.history['loss'][0]))}**"
    right = film.history.get("accuracy")
    return loss if right is None else f"**{right[0]:.1%}** of the points right, {loss}"


def _come_to(race: Race, film: StageFilm, sentence: str) -> list[Said]:
    """What one of them has come to, a sentence each, from the frame on in which it first has."""
    loss, right = film.history["loss"], film.history.get("accuracy")
    found = {
        f"was below {share} of its first loss by": first(loss < part * loss[0])
        for share, part in BELOW.items()
    }
    if right is not None:
        found["had all of its points right by"] = first(right == 1)
    if film.diverged_at is not None:
        found["diverged at"] = first(film.steps == film.diverged_at)
    nothing = "has not come below half of its first loss"
    said = {int(race.films[0].steps[1]): sentence.format(nothing)}
    for words, frame in found.items():
        if not frame:  # never, or from the start on
            continue
        since = _seen_since(race.films[0], film, frame)
        if since is not None:
            said[since] = sentence.format(f"{words} {_moment(race, film, frame)}")
    return [Said(since, said[since]) for since in sorted(said)]


def _seen_since(left: StageFilm, film: StageFilm, frame: int) -> int | None:
    """The left film's step from which on a frame of a film is on screen; None if it never is."""
    epochs = left.steps / left.steps_per_epoch
    seen = np.flatnonzero(epochs >= film.steps[frame] / film.steps_per_epoch - ALIKE)
    return int(left.steps[seen[0]]) if len(seen) else None


def _moment(race: Race, film: StageFilm, frame: int) -> str:
    """When a frame was: by its step, or by its epoch where the two have other steps in one."""
    one, other = race.films
    if one.steps_per_epoch == other.steps_per_epoch:
        return f"step **{film.steps[frame]:,}**"
    return f"epoch **{number(film.steps[frame] / film.steps_per_epoch)}**"
