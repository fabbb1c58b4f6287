"""Puts images and labels together that came in any files, one at a time or all at once."""

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from datasets.digits import Images, Kind, Subject
from datasets.found import (
    MOST_CLASSES,
    TEST,
    TRAIN,
    VALIDATION,
    Found,
    as_labels,
    side_of,
)
from datasets.idx import DataError
from datasets.known import PART, Recognised, recognised
from datasets.one_class import by_class, of_one_class
from datasets.remedies import columns_are_images, too_many_classes

FEWEST = 10  # images: with fewer there is nothing to learn from and be tested on
ASIDE = 6  # one image in so many of each class is set aside where there is nothing to test on

MOST_LISTED = 4  # of the files that are named while something is missing

LABELLED = re.compile(r"(?i)label|target|class|(?<![a-z])y")  # how people call labels

Pair = tuple[Found, Found]


class Offer(NamedTuple):
    """Images with their labels, as they can be kept."""

    images: Images
    subject: Subject  # its title is "" where the set is not known
    notes: tuple[str, ...] = ()  # what was done with it, and left out of it: a sentence each
    named: bool = False  # whether a file beside it says what the labels stand for


class Missing(NamedTuple):
    """What there is when something that belongs to it is still to come."""

    sentence: str


def together(found: list[Found], left_out: Sequence[str] = ()) -> Offer | Missing:
    """What these make, and a note on what lay beside them and is of no use.

    DataError, one sentence, if they cannot belong together.
    """
    found = _sorted(found)
    pairs, alone = _pairs(found)
    if not pairs:
        return Missing(_waits(found))
    train, test, more = _parts(pairs)
    labels = [as_labels(pair[1]) for pair in (train, test) if pair]
    classes = _classes(train[1], labels)
    told = _names_of(classes, alone)
    useless = [one for one in alone if one is not told and not _is_there(one, pairs)]
    notes = [_left_out(one, pairs) for one in useless if _is_missed(one)]
    if left_out:
        notes.append(f"Left out, for it is of no use here: {', '.join(left_out[:5])}.")
    notes += more
    notes += _done_with([pair[0] for pair in (train, test) if pair])
    sides = {images.array.shape[1] for images, _ in (train, *([test] if test else []))}
    if len(sides) > 1 and test:
        raise DataError(
            f"{train[0].name} has images of {_size(train[0])}, {test[0].name} of "
            f"{_size(test[0])}: expected one size, so bring both parts of one set."
        )
    notes += _blank(train[0])
    numbered = [np.searchsorted(classes, some).astype(np.uint8) for some in labels]
    _check_count(train, numbered[0])
    if test:
        images = Images(train[0].array, numbered[0], test[0].array, numbered[1])
    else:
        images, note = _set_aside(train[0].array, numbered[0])
        notes.append(note)
    known = recognised([pair for pair in (train, test) if pair], labels)
    title, about = _title(known, sum(map(len, labels)))
    notes += about
    called = classes if told is None else as_labels(told)[classes]
    names = [known.known.classes[label] for label in classes] if known else map(str, called)
    subject = Subject(Kind.BROUGHT, title, sides.pop(), tuple(names))
    return Offer(images, subject, tuple(notes), told is not None)


def _title(known: Recognised | None, images: int) -> tuple[str, list[str]]:
    """What so many images are called, if they are known, and a note on those that are not."""
    if known is None:
        return "", []
    title, notes = known.known.title, []
    if known.alike < known.compared:
        notes.append(
            f"Of {known.compared} of its images that were looked up among {title}'s, {known.alike} "
            "are there, with the same label; the others are not, as in another edition of it."
        )
    return title if images == known.known.images else PART + title, notes


def _is_there(labels: Found, pairs: list[Pair]) -> bool:
    """Whether these are labels that some images have already, from a file of another kind."""
    return not labels.images and any(
        np.array_equal(_of_those(labels, images).array.ravel(), other.array.ravel())
        for images, other in pairs
        if labels.part == other.part and labels.of == other.of
    )


def whole(found: list[Found]) -> bool:
    """Whether these are a set of their own, nothing of which waits for something else."""
    try:
        pairs, alone = _pairs(_sorted(found))
    except DataError:
        return False
    return bool(pairs) and all(are_words(one) for one in alone)


def _names_of(classes: np.ndarray, alone: list[Found]) -> Found | None:
    """Words, one for each number from 0 on, that no images belong to: the names of the classes."""
    if classes.dtype.kind in "US":
        return None
    words = (one for one in alone if are_words(one))
    covers = (one for one in words if len(one.array) > classes[-1])
    return next((one for one in covers if (as_labels(one)[classes] != "").all()), None)


def are_words(found: Found) -> bool:
    """Whether these are as few different words as there can be classes."""
    words = found.array
    if words.dtype.kind not in "US" or len(words) > MOST_CLASSES + 1:
        return False
    named = words[words != words.dtype.type()]  # a label that none is said of has no name
    return len(np.unique(named)) == len(named)


def _sorted(found: list[Found]) -> list[Found]:
    """Without what came twice, such as a file beside the same one packed; a class a file as one."""
    once = list({_told_by(one): one for one in found}.values())
    return by_class(once) if len(once) > 1 and of_one_class(once) else once


def _told_by(found: Found) -> tuple[bool, str, tuple[int, ...], bytes]:
    """What tells it from others."""
    content = np.ascontiguousarray(found.array).view(np.uint8).data
    digest = hashlib.sha256(content).digest()
    return found.images, found.part, found.array.shape, digest


def _pairs(found: list[Found]) -> tuple[list[Pair], list[Found]]:
    """Each images with their labels, and what is left alone. DataError if two do not fit."""
    images, labels = ([one for one in found if one.images is kind] for kind in (True, False))
    pairs = list[Pair]()
    for one in images:
        fits = [other for other in labels if other.of == one.of]
        fits.sort(
            key=lambda other: (
                other.part != one.part,
                _too_many(other),
                not LABELLED.search(other.name),
            )
        )
        if fits and (fits[0].part == one.part or not (fits[0].part and one.part)):
            pairs.append((one, _of_those(fits[0], one)))
            labels.remove(fits[0])
    paired = {id(image) for image, _ in pairs}
    alone = [one for one in images if id(one) not in paired] + labels
    for one in alone:
        for other in alone:
            if one.images and not other.images and one.part == other.part:
                if one.pixels == other.of and (side := side_of(one.of)):
                    raise DataError(*columns_are_images(one.name, one.of, other.of, side))
                raise DataError(
                    f"{one.name} has {one.of:,} images, but {other.name} has {other.of:,} labels: "
                    "bring the labels of these images."
                )
    return pairs, alone


def _too_many(labels: Found) -> bool:
    """Whether these are of more classes than there may be, as CIFAR-100's fine labels are."""
    each = labels.array.reshape(len(labels.array), -1)
    return each.shape[1] == 1 and len(np.unique(each)) > MOST_CLASSES


def _of_those(labels: Found, images: Found) -> Found:
    """The labels of those images of a file that were taken."""
    return labels if images.rows is None else labels._replace(array=labels.array[images.rows])


def _done_with(images: list[Found]) -> list[str]:
    """What was done with images, and how many of them were taken: a sentence each."""
    notes = list(dict.fromkeys(note for one in images for note in one.notes))
    some = [one for one in images if not one.whole]
    if some:
        taken = " and ".join(f"{len(one.array):,} of {one.of:,} in {one.name}" for one in some)
        notes.append(
            f"They are more than there is room for, so it takes {taken}, drawn evenly from the "
            "whole file: each class keeps about its share."
        )
    return notes


def _parts(pairs: list[Pair]) -> tuple[Pair, Pair | None, list[str]]:
    """What to train on, what to test on, and a note on what is neither."""
    by_part: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_part.setdefault(pair[0].part or pair[1].part, []).append(pair)
    unnamed = sorted(by_part.pop("", []), key=lambda pair: -len(pair[0].array))
    for part in (TRAIN, TEST):
        if unnamed and part not in by_part:
            by_part[part] = [unnamed.pop(0)]
    several = next((some for some in by_part.values() if len(some) > 1), unnamed)
    if several:
        names = ", ".join(pair[0].name for pair in pairs[:4]) + (", …" if len(pairs) > 4 else "")
        raise DataError(
            f"There are {len(pairs)} sets of images, {names}: expected one to train on and at most "
            "one to test on, so bring those two alone, each with its labels."
        )
    notes = []
    if VALIDATION in by_part and TRAIN in by_part:
        left = by_part.pop(VALIDATION)[0][0]
        notes.append(f"The {len(left.array):,} images for validation are left out.")
    whole = [by_part[part][0] for part in (TRAIN, VALIDATION, TEST) if part in by_part]
    return whole[0], whole[1] if len(whole) > 1 else None, notes


def _classes(found: Found, labels: list[np.ndarray]) -> np.ndarray:
    """The labels that there are, in order."""
    if len({some.dtype.kind for some in labels}) > 1:
        raise DataError("Some labels are numbers and others words: expected all of one kind.")
    classes = np.unique(labels[0])
    if len(classes) < 2:
        raise DataError(
            f"{found.name}: all its labels are {str(classes[0])[:40]}: expected two classes or "
            "more, so bring images of another, too."
        )
    if len(classes) > MOST_CLASSES:
        span = f"from {str(classes[0])[:20]} to {str(classes[-1])[:20]}"
        raise DataError(*too_many_classes(found.name, span, len(classes), MOST_CLASSES))
    for some in labels[1:]:
        beyond = np.setdiff1d(some, classes)
        if len(beyond):
            raise DataError(
                f"Among the labels to test on is {str(beyond[0])[:40]}, which no image to train on "
                "has, so leave its images out, or bring labels that belong to these."
            )
    return classes


def _check_count(train: Pair, labels: np.ndarray) -> None:
    if len(labels) < FEWEST:
        raise DataError(
            f"{train[0].name}: has {len(labels)} images to train on: expected {FEWEST} or more, so "
            "bring more of them."
        )


def _blank(train: Found) -> list[str]:
    """How many images have nothing on them: a sentence, if any. DataError if all of them."""
    x = train.array.reshape(len(train.array), -1)
    blank = int((x.min(axis=1) == x.max(axis=1)).sum())
    if blank == len(x):
        raise DataError(
            f"{train.name}: each of its images has one brightness all over, so there is nothing on "
            "them to learn from: expected pictures of something."
        )
    some = "1 of its images has" if blank == 1 else f"{blank:,} of its images have"
    on = "it" if blank == 1 else "them"
    return [f"{train.name}: {some} nothing on {on}."] if blank else []


def _set_aside(x: np.ndarray, y: np.ndarray) -> tuple[Images, str]:
    """Some of each class to test on, drawn by a fixed seed, and the note that says so."""
    rng, aside = np.random.default_rng(0), np.zeros(len(y), bool)
    for label in np.unique(y):
        of_it = np.flatnonzero(y == label)
        aside[rng.permutation(of_it)[: len(of_it) // ASIDE]] = True
    note = (
        f"None came to test on, so {int(aside.sum()):,} were set aside for that, about one in "
        f"{ASIDE} of each class that has {ASIDE} or more."
    )
    if not aside.any():
        aside[np.flatnonzero(y == np.bincount(y).argmax())[-1]] = True
        note = "None came to test on, so one was set aside for that."
    return Images(x[~aside], y[~aside], x[aside], y[aside]), note


def _is_missed(one: Found) -> bool:
    return one.images or are_words(one) or bool(LABELLED.search(one.name))


def _left_out(one: Found, pairs: list[Pair]) -> str:
    if are_words(one):
        return f"{one.name} is left out: it has no name for some of the classes."
    for images, labels in pairs:
        if not one.images and (images.of, images.part) == (one.of, one.part):
            why = f": it has more than {MOST_CLASSES} classes" if _too_many(one) else ""
            return f"{one.name} is left out{why}; the labels are those in {labels.name}."
    lacks = "labels" if one.images else "images"
    return (
        f"{one.name} is left out: there are no {lacks} for its {one.of:,} "
        f"{'images' if one.images else 'labels'}. Bring them, too, if you have them."
    )


def _waits(found: list[Found]) -> str:
    """What there is so far, and what belongs to it."""
    images, others = ([one for one in found if one.images is kind] for kind in (True, False))
    if not images and are_words(found[0]):
        names = sum(bool(word) for word in found[0].array)
        return f"{found[0].name} names {names} classes. Still missing: images and their labels."
    if not images:
        has = _listed([f"{one.name} has {one.of:,} labels" for one in others])
        return f"{has}. Still missing: the images that they belong to."
    or_classes = ", or, if they all are of one class, the files of others" * of_one_class(found)
    has = _listed([f"{one.name} has {one.of:,} images of {_size(one)}" for one in images])
    of_others = f" {others[0].name} has those of other images." if others else ""
    return f"{has}. Still missing: their labels{or_classes}.{of_others}"


def _listed(said: list[str]) -> str:
    """These one after the other, the first few of many."""
    return ", ".join(said) if len(said) <= MOST_LISTED else ", ".join([*said[:MOST_LISTED], "…"])


def _size(images: Found) -> str:
    side = images.array.shape[1]
    return f"{side}×{side} pixels"
