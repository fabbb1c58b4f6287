"""A few pixels that turn a network's answer to an image, found by its gradient."""

from typing import NamedTuple

import numpy as np

from nn_core import Sequential

MOST = 150  # pixels: who needs more has no small change


class Turned(NamedTuple):
    """An image of which some pixels were changed, and what the network says to both."""

    pixels: np.ndarray  # (k,) which ones, those with the largest steps first
    image: np.ndarray  # (pixels,) from 0 to 1, with the change
    before: np.ndarray  # (classes,) scores of the image as it was
    after: np.ndarray  # (classes,) scores with the change

    @property
    def said(self) -> int:
        """The class that it gave."""
        return int(self.before.argmax())

    @property
    def says(self) -> int:
        """The class that it gives with the change."""
        return int(self.after.argmax())


def turned(net: Sequential, x: np.ndarray, most: int = MOST) -> Turned | None:
    """An image (pixels,) with few pixels changed, so that the network gives another class.

    For every other class one pixel after the other goes to 0 or to 1: the one that moves the two
    scores furthest towards it, by the gradient of their difference where the image is by then. The
    class that comes first is taken, and pixels that are not needed are put back. What is certain:
    with these pixels the answer is another, and with any one of them as it was it is not. Fewer
    others may do, too; only where scores are sums of pixels (no hidden bend) these are the fewest.

    None if `most` pixels do not do, or the gradient does not say which to change.
    """
    before = _scores(net, x[np.newaxis])[0]
    said = int(before.argmax())
    towards = np.delete(np.arange(len(before)), said)
    images, rows = np.repeat(x[np.newaxis], len(towards), axis=0), np.arange(len(towards))
    for _ in range(most):
        slopes = _slopes(net, images, said, towards)
        ends = (slopes > 0).astype(images.dtype)
        gains = np.where(images == x, slopes * (ends - images), 0)
        best = gains.argmax(axis=1)
        if not (gains[rows, best] > 0).any():
            return None
        images[rows, best] = np.where(gains[rows, best] > 0, ends[rows, best], images[rows, best])
        others = images[_scores(net, images).argmax(axis=1) != said]
        if len(others):
            found = [_only_needed(net, x, image, said) for image in others]
            image = min(found, key=lambda image: int((image != x).sum()))
            return Turned(_largest_first(x, image), image, before, _scores(net, image[None])[0])
    return None


def _only_needed(net: Sequential, x: np.ndarray, image: np.ndarray, said: int) -> np.ndarray:
    """The same image with pixels put back, one by one, until each that is left is needed."""
    while True:
        pixels = np.flatnonzero(image != x)
        tries = np.repeat(image[np.newaxis], len(pixels), axis=0)
        tries[np.arange(len(pixels)), pixels] = x[pixels]
        scores = _scores(net, tries)
        leads = np.delete(scores, said, axis=1).max(axis=1) - scores[:, said]
        leads[scores.argmax(axis=1) == said] = -np.inf
        if leads.max() == -np.inf:
            return image
        image = tries[leads.argmax()]


def _largest_first(x: np.ndarray, image: np.ndarray) -> np.ndarray:
    order = np.argsort(-np.abs(image - x), kind="stable")
    return order[: int((image != x).sum())]


def _scores(net: Sequential, images: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return net.predict(images.astype(net.dtype))


def _slopes(net: Sequential, images: np.ndarray, said: int, towards: np.ndarray) -> np.ndarray:
    """How much each pixel of each image moves the score of its class above that of `said`."""
    with np.errstate(all="ignore"):
        trace = net.forward(images.astype(net.dtype))
        dz = np.zeros_like(trace[-1])
        dz[np.arange(len(towards)), towards] = 1
        dz[:, said] = -1
        gradient = net.backward(trace, dz)
    assert gradient is not None
    return gradient
