"""What is said of images that were brought, on the page and on the command line alike."""

import numpy as np

from datasets.digits import Subject
from datasets.looks import inverted, lies
from datasets.together import Offer


def told(offer: Offer) -> list[str]:
    """What they are, how many there are, and what was done with them: a sentence each."""
    images, subject = offer.images, offer.subject
    title = f"This is {subject.title}: " if subject.title else ""
    each = np.bincount(images.y_train, minlength=len(subject.classes))
    fewest, most = f"{each.min():,}", f"{each.max():,}"
    counts = most if fewest == most else f"{fewest} to {most}"
    return [
        f"{title}{len(images.x_train):,} images of {subject.side}×{subject.side} pixels to train "
        f"on, {counts} of each of {len(subject.classes)} classes, {len(images.x_test):,} to test.",
        *offer.notes,
    ]


def names_of(subject: Subject, digits: bool) -> tuple[str, ...]:
    """The classes' names to begin with: a number alone is no digit until its reader says so.

    `digits` is whether its reader, or a file beside it, says so.
    """
    if subject.title or digits or not all(name.isdecimal() for name in subject.classes):
        return subject.classes
    return tuple(f"class {name}" for name in subject.classes)


def how_they_look(offer: Offer) -> tuple[bool, bool, list[str]]:
    """Whether they look as if they lay on their side, and inverted; and the words for it."""
    x, words = offer.images.x_train, list[str]()
    on_side, dark = not offer.subject.title and lies(x), inverted(x)
    if on_side:
        words.append("They look as if they lay on their side, as EMNIST's do.")
    if dark:
        words.append("Their paper is bright and their ink dark.")
    return on_side, dark, words
