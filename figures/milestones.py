"""What has come of a training on its way, said from the step on at which it is true."""

from collections.abc import Mapping, Sequence

import numpy as np

from figures.words import Said, listed, number, sentences

SHARES = {"half": 0.5, "a tenth": 0.1}  # of the loss at the start


def first(holds: np.ndarray) -> int | None:
    """The first step at which it holds; None if it never does."""
    found = np.flatnonzero(holds)
    return int(found[0]) if found.size else None


def came_below(loss: np.ndarray) -> dict[str, int]:
    """The first step below half of the loss at the start, and below a tenth, if it came there."""
    steps = {name: first(loss < share * loss[0]) for name, share in SHARES.items()}
    return {name: step for name, step in steps.items() if step is not None}


def firsts(losses: Mapping[str, np.ndarray]) -> list[Said]:
    """Who of several from one start came below half of its loss first, and below a tenth."""
    below = {name: came_below(loss) for name, loss in losses.items()}
    start = number(float(next(iter(losses.values()))[0]))
    found = [Said(1, f"Nobody has come below half of **{start}** yet.")]
    for share in SHARES:
        at = min((steps[share] for steps in below.values() if share in steps), default=None)
        if at is not None:
            who = listed([f"**{name}**" for name, steps in below.items() if steps.get(share) == at])
            found.append(Said(at, f"First below {share} of {start}: {who}, at step {at:,}."))
    return found


def gathered(what: str, steps: Mapping[str, int | None]) -> list[Said]:
    """Who of several it has happened to by then, and when: "Left the map: adam (step 3)".

    None is never.
    """
    found, known = [], {name: at for name, at in steps.items() if at is not None}
    for by in sorted(set(known.values())):
        who = [f"{name} (step {at:,})" for name, at in known.items() if at <= by]
        found.append(Said(by, f"{what}: {listed(who)}."))
    return found


def together(strands: Sequence[Sequence[Said]], end: Said) -> list[Said]:
    """What is said of a film: the latest words of each strand, one after the other, until its end.

    Words of a strand hold until its next ones.
    """
    steps = sorted({since for strand in strands for since, _ in strand if since < end.since})
    return [*(Said(step, sentences(*(_latest(s, step) for s in strands))) for step in steps), end]


def _latest(strand: Sequence[Said], step: int) -> str:
    return next((words for since, words in reversed(strand) if since <= step), "")
