"""What is said of a film on its way: each sentence from the frame from which on it is true."""

import numpy as np

from figures.stage import StageFilm
from figures.words import Said, number

SHARES = {"three quarters": 0.75, "half": 0.5, "a quarter": 0.25, "a tenth": 0.1}
RIGHT = (0.75, 0.9)


def on_the_way(film: StageFilm) -> list[Said]:
    """What its numbers show before the last frame; nothing where there is one frame only."""
    steps, loss = film.steps, film.history["loss"]
    right = film.history.get("accuracy")
    if len(steps) == 1:
        return []
    first = f"**{number(float(loss[0]))}**"
    goes = "Training goes on" if steps[0] else "Training has begun"
    begun = f"{goes}. At the start the loss was {first}."
    before = _before(int(steps[0]), first, None if right is None else float(right[0]))
    said = {int(steps[0]): before, int(steps[1]): begun}
    found = [
        (
            _since(loss < share * loss[0]),
            f"In every frame from here on the loss is below {name} of its start, {first}.",
        )
        for name, share in SHARES.items()
    ]
    if right is not None:
        found += [
            (
                _since(right >= share),
                f"In every frame from here on at least {share:.0%} of its points are right.",
            )
            for share in RIGHT
        ]
        found.append(
            (_since(right == 1), "In every frame from here on all of its points are right.")
        )
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
