"""What is said of a film on its way: each sentence from the frame from which on it is true."""

import numpy as np

from figures.stage import StageFilm
from figures.words import Said, number

HALF, MOST = 0.5, 0.9


def on_the_way(film: StageFilm) -> list[Said]:
    """What its numbers show before the last frame; nothing where there is one frame only."""
    steps, loss = film.steps, film.history["loss"]
    right = film.history.get("accuracy")
    if len(steps) == 1:
        return []
    first = f"**{number(float(loss[0]))}**"
    goes = "Training goes on" if steps[0] else "Training has begun"
    half = _since(loss < HALF * loss[0])
    begun = (
        f"{goes}. At the start the loss was {first}; it does not come to stay below half of that."
        if half is None
        else f"{goes}. From step **{steps[half]:,}** on every frame has less than half "
        f"of the loss at the start, {first}."
    )
    before = _before(int(steps[0]), first, None if right is None else float(right[0]))
    said = {int(steps[0]): before, int(steps[1]): begun}
    found = [
        (half, f"In every frame from here on the loss is below half of its start, {first}."),
        (
            _since(loss < loss[0] / 10),
            f"In every frame from here on the loss is below a tenth of its start, {first}.",
        ),
    ]
    if right is not None:
        found += [
            (
                _since(right >= MOST),
                f"In every frame from here on at least {MOST:.0%} of its points are right.",
            ),
            (_since(right == 1), "In every frame from here on all of its points are right."),
        ]
    said |= {int(steps[max(at, 1)]): words for at, words in found if at is not None}
    return [Said(since, said[since]) for since in sorted(said) if since < steps[-1]]


def _before(step: int, loss: str, right: float | None) -> str:
    wrong = f"loss (how wrong it is) {loss}"
    when = f"At step **{step:,}**" if step else "Before the first step"
    if right is None:
        return f"{when} the network has {wrong}."
    return f"{when} it gets **{right:.1%}** of its points right; {wrong}."


def _since(holds: np.ndarray) -> int | None:
    """The first frame from which on it holds to the end; None if it does not hold there."""
    fails = np.flatnonzero(~holds)
    if not len(fails):
        return 0
    return None if fails[-1] == len(holds) - 1 else int(fails[-1]) + 1
