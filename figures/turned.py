"""What is said and shown of the few pixels that turn a network's answer to an image."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from figures.image_words import one_of, plain_one, share
from figures.packed import packed
from figures.words import adding_up, listed, number, sentences
from nn_core import SoftmaxCrossEntropy
from recipes.turned import MOST, Turned


def turned_message(
    turned: Turned | None, classes: Sequence[str], x: np.ndarray, why_not: str
) -> dict[str, Any]:
    """What the browser draws: the image before, what was changed, and the image after.

    `why_not` is said where there is no such change to x (pixels,).
    """
    if turned is None:
        return {"title": why_not, "pixels": [], "change": "", "image": "", "words": []}
    less = int((turned.image < x).sum())
    return {
        "title": f"{_enough(turned)}: {plain_one(classes, turned.said)} becomes "
        f"{plain_one(classes, turned.says)}",
        "pixels": np.sort(turned.pixels).tolist(),
        "change": packed((turned.image - x).astype(np.float32)),
        "image": packed((turned.image * 255).round().astype(np.uint8)),
        "words": [
            f"before: {plain_one(classes, turned.said)} ({_share(turned.before, turned.said)})",
            f"changed: {listed(_changed(len(turned.pixels) - less, less))}",
            f"after: {plain_one(classes, turned.says)} ({_share(turned.after, turned.says)})",
        ],
    }


def turned_words(turned: Turned, classes: Sequence[str], brief: bool = False) -> str:
    """How few pixels turn the answer, what is certain of that, and why so few can."""
    said, says = one_of(classes, turned.said), one_of(classes, turned.says)
    count, after = len(turned.pixels), _share(turned.after, turned.says)
    led = turned.before[turned.said] - turned.before[turned.says]
    leads = turned.after[turned.says] - turned.after[turned.said]
    before, now, moved = adding_up([led, leads])
    if count == 1:
        return (
            f"**1 pixel** of {len(turned.image):,} is enough to turn that into **{says}** "
            f"({after}): {said} led by {before} in score, now {says} leads by {now}, and the one "
            f"pixel moved them by both, {moved}."
        )
    return sentences(
        f"**{count} pixels** of {len(turned.image):,} are enough to turn that into **{says}** "
        f"({after}); with any one of them put back it is {said} again.",
        f"{said[0].upper()}{said[1:]} led by {before} in score, now {says} leads by {now}: "
        f"together {moved}, about {number((led + leads) / count)} a pixel. As all go the same way, "
        "small steps add up.",
        "" if brief else "Fewer others may do, too.",
    )


def why_not(classes: Sequence[str], gradient: np.ndarray) -> str:
    """Why no few pixels were found that turn an answer of this gradient (pixels,)."""
    if len(classes) == 1:
        return "It knows one class: there is no other answer to turn to."
    if not gradient.any():
        return "The gradient is 0 in every pixel: it does not say which to change."
    most = min(MOST, len(gradient))
    return f"Up to {most} pixels were changed where the gradient says, and the answer stayed."


def _changed(more: int, less: int) -> list[str]:
    """How many pixels became ink and how many paper, and by what mark."""
    return [f"{count} to {to}" for count, to in ((more, "ink (■)"), (less, "paper (□)")) if count]


def _enough(turned: Turned) -> str:
    count = len(turned.pixels)
    return "1 pixel is enough" if count == 1 else f"{count} pixels are enough"


def _share(scores: np.ndarray, label: int) -> str:
    return share(float(SoftmaxCrossEntropy().output(scores[np.newaxis])[0, label]))
