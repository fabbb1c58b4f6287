"""MNIST, wherever it is: the folder you name, the cache, a download; else the bundled digits."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from datasets.digits import Digits, Images, Kind, bundled_digits
from datasets.download import Progress, download_mnist
from datasets.environment import MNIST as FOLDER_VARIABLE, glassbox_home, mnist_folder
from datasets.idx import DataError, read_idx

MNIST = "25c98f992c005963b7428e1f38418b233c9b286cc403519287eb8063f0bcfe07"  # its digest


def find_digits(report: Progress = lambda name, fraction: None) -> Digits:
    """MNIST from GLASSBOX_MNIST_DIR, else the cache, else a download; else the bundled digits.

    Never fails: what went wrong on the way is told in the digits' one-line note.
    """
    notes = []
    if (named := mnist_folder()) is not None:
        try:
            return read_mnist(named)
        except DataError as error:
            notes.append(f"{FOLDER_VARIABLE} could not be used: {error}")
    cache = glassbox_home() / "mnist"
    try:
        if is_mnist(found := read_mnist(cache)):
            return found._replace(note=" ".join(notes))
    except DataError:
        pass  # nothing there yet, damaged, or something else: the download replaces it
    try:
        download_mnist(cache, report)
        return read_mnist(cache)._replace(note=" ".join(notes))
    except DataError as error:
        notes.append(f"MNIST is not here: {error}")
    notes.append("You see the 1,797 smaller digits that scikit-learn ships instead.")
    return bundled_digits(" ".join(notes))


def is_mnist(digits: Digits) -> bool:
    """Whether these are MNIST's own: older versions kept in its place what a reader brought."""
    return digits.digest == MNIST


def read_mnist(folder: Path) -> Digits:
    """The four IDX files in `folder`, gzipped or unpacked, as Digits.

    DataError, one sentence, if one is missing, damaged, foreign, or they do not fit together.
    """
    images = Images(*_read_pair(folder, "train"), *_read_pair(folder, "t10k"))
    return images.digits(Kind.MNIST)


def _read_pair(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    images_file = _existing(folder, f"{part}-images-idx3-ubyte")
    labels_file = _existing(folder, f"{part}-labels-idx1-ubyte")
    images, labels = read_idx(images_file, 3), read_idx(labels_file, 1)
    check_shapes(images_file.name, images.shape, labels_file.name, labels.shape)
    check_labels(labels_file.name, labels)
    return images, labels


def check_shapes(
    images_name: str, images: Sequence[int], labels_name: str, labels: Sequence[int]
) -> None:
    """DataError unless these are shapes of images of 28×28 pixels and of a label for each."""
    side = Kind.MNIST.side
    if tuple(images[1:]) != (side, side):
        rows, columns = images[1:]
        raise DataError(
            f"{images_name}: expected images of 28×28 pixels, they are {rows}×{columns}."
        )
    if images[0] != labels[0]:
        raise DataError(
            f"{images_name} has {images[0]:,} images, but {labels_name} has {labels[0]:,} labels."
        )


def check_labels(name: str, labels: np.ndarray) -> None:
    """DataError unless they are labels from 0 to 9."""
    if labels.max() > 9:
        raise DataError(f"{name}: expected labels from 0 to 9, but there is a {labels.max()}.")


def _existing(folder: Path, name: str) -> Path:
    for file in (folder / f"{name}.gz", folder / name):
        if file.is_file():
            return file
    raise DataError(f"{name}.gz is not in {folder}.")
