"""How much of what comes together is read and kept: where it is too much, some of each file.

EMNIST has 814,255 images and takes ten times the memory that there is for one visitor's.
"""

import numpy as np

from datasets.found import Found
from datasets.idx import DataError
from datasets.pictures import Pictures

LARGEST = 80_000_000  # pixels of all images together that are kept; MNIST has 55 million
COMPARED = 1000  # images at a time
MOST_READ = 1_000_000_000  # pixels that are looked at for that
MOST_FOUND = 1000  # arrays and tables: each is compared with all others


class Room:
    """What was found in files that came together, and what there is still room for."""

    def __init__(self, most: int = LARGEST) -> None:
        """`most` is how many pixels of images there is room for."""
        self.most = most
        self.found: list[Found] = []
        self.pictures = Pictures(most)
        self._read = self._whole = 0

    @property
    def things(self) -> int:
        """How many arrays, tables and pictures were found."""
        return len(self.found) + len(self.pictures)

    def take(self, size: int) -> None:
        """So many bytes of labels, which are kept whole. DataError if there is no room for them."""
        self._whole += size
        if self._whole > self.most:
            raise DataError(
                f"The files would unpack to {self._whole / 1e6:,.0f} MB of labels or more: "
                f"expected at most {self.most / 1e6:,.0f} MB, so bring fewer images."
            )

    def look(self, pixels: int) -> None:
        """So many more pixels are looked at. DataError if nobody can wait for that."""
        self._read += pixels
        if self._read > MOST_READ:
            raise DataError(
                f"The files would unpack to {self._read / 1e6:,.0f} MB or more: expected at most "
                f"{MOST_READ / 1e6:,.0f} MB, a byte a pixel, so bring fewer images."
            )

    def share(self, pixels: int) -> float:
        """What share of a file there is room for that has so many pixels, beside what is here."""
        return min(1.0, self.most / (pixels + _in_files(self.found)))

    def choose(self, count: int, pixels: int) -> np.ndarray | None:
        """Which of so many images of so many pixels to read, in order; None for all of them.

        DataError if there are more than anybody can wait for.
        """
        self.look(count * pixels)
        share = self.share(count * pixels)
        return None if share == 1 else spread(count, int(share * count))

    def add(self, one: Found) -> None:
        """Keep it, unless it is there already. The others may have to shrink.

        DataError if so many are there already that nobody can wait for that.
        """
        if len(self.found) >= MOST_FOUND:
            raise DataError(
                f"There are more than {MOST_FOUND:,} arrays and tables: expected the images "
                "together in one."
            )
        if (place := self._in_another_form(one)) is not None:
            other = self.found[place]
            note = f"{one.name} has the same images as {other.name}: they are taken once."
            self.found[place] = other._replace(notes=(*other.notes, note))
        elif not any(one.sums & other.sums and one.part == other.part for other in self.found):
            self.found = fitted([*self.found, one], self.most)

    def _in_another_form(self, one: Found) -> int | None:
        """Where the same images are that came in a file of another kind, such as a table."""
        for place, other in enumerate(self.found):
            if not one.sums & other.sums and same_images(one, other):
                return place
        return None

    def sum_up(self, since: int, md5: str) -> None:
        """What was found since there were so many, if it is one, has a file of this sum."""
        if len(self.found) == since + 1:
            one = self.found[-1]
            self.found[-1] = one._replace(sums=one.sums | {md5})


def same_images(one: Found, other: Found) -> bool:
    """Whether two are images of one part of a set, as many, and the same where both were taken."""
    if not one.images or (one.part, one.of) != (other.part, other.of):
        return False
    if one.array.shape[1:] != other.array.shape[1:]:
        return False
    all_rows = np.arange(one.of)
    ours, theirs = (all_rows if some.rows is None else some.rows for some in (one, other))
    _, here, there = np.intersect1d(ours, theirs, return_indices=True)
    some = range(0, len(here), COMPARED)
    return bool(len(here)) and all(
        np.array_equal(one.array[here[k : k + COMPARED]], other.array[there[k : k + COMPARED]])
        for k in some
    )


def fitted(found: list[Found], most: int = LARGEST) -> list[Found]:
    """These, and of images only as many as there is room for: the same share of each file."""
    images = [one for one in found if one.images]
    if sum(one.array.size for one in images) <= most:
        return found
    share = most / _in_files(images)
    return [_some_of(one, int(share * one.of)) if one.images else one for one in found]


def spread(count: int, chosen: int) -> np.ndarray:
    """So many of `count` places, in order, one drawn from each of as many equal stretches.

    So a class keeps its share, whether the classes come one after the other, mixed or in turn. The
    same are drawn each time.
    """
    edges = np.linspace(0, count, max(1, chosen) + 1).astype(np.int64)
    return np.random.default_rng(0).integers(edges[:-1], edges[1:])


def _in_files(found: list[Found]) -> int:
    """Pixels of all images in the files, whether they were taken or not."""
    return sum(one.of * one.pixels for one in found if one.images)


def _some_of(one: Found, chosen: int) -> Found:
    if chosen >= len(one.array):
        return one
    places = spread(len(one.array), chosen)
    rows = places if one.rows is None else one.rows[places]
    return one._replace(array=one.array[places], rows=rows, in_file=one.of)
