"""MNIST, wherever it is: the folder you name, the cache, a download; else the bundled digits."""

import os
from pathlib import Path

import numpy as np

from datasets.digits import Digits, Kind, bundled_digits
from datasets.download import Progress, download_mnist
from datasets.home import glassbox_home
from datasets.idx import DataError, read_idx

FOLDER_VARIABLE = "GLASSBOX_MNIST_DIR"


def find_digits(report: Progress = lambda name, fraction: None) -> Digits:
    """MNIST from GLASSBOX_MNIST_DIR, else the cache, else a download; else the bundled digits.

    Never fails: what went wrong on the way is told in the digits' one-line note.
    """
    notes = []
    if named := os.environ.get(FOLDER_VARIABLE):
        try:
            return read_mnist(Path(named))
        except DataError as error:
            notes.append(f"{FOLDER_VARIABLE} could not be used: {error}")
    cache = glassbox_home() / "mnist"
    try:
        return read_mnist(cache)._replace(note=" ".join(notes))
    except DataError:
        pass  # nothing there yet, or damaged: the download replaces it
    try:
        download_mnist(cache, report)
        return read_mnist(cache)._replace(note=" ".join(notes))
    except DataError as error:
        notes.append(f"MNIST is not here: {error}")
    notes.append("You see the 1,797 smaller digits that scikit-learn ships instead.")
    return bundled_digits(" ".join(notes))


def read_mnist(folder: Path) -> Digits:
    """The four IDX files in `folder`, gzipped or unpacked, as Digits.

    DataError, one sentence, if one is missing, damaged, foreign, or they do not fit together.
    """
    x_train, t_train = _read_pair(folder, "train")
    x_test, t_test = _read_pair(folder, "t10k")
    return Digits(Kind.MNIST, x_train, t_train, x_test, t_test)


def _read_pair(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    images_file = _existing(folder, f"{part}-images-idx3-ubyte")
    labels_file = _existing(folder, f"{part}-labels-idx1-ubyte")
    images, labels = read_idx(images_file, 3), read_idx(labels_file, 1)
    if images.shape[1:] != (Kind.MNIST.side, Kind.MNIST.side):
        rows, columns = images.shape[1:]
        raise DataError(
            f"{images_file.name}: expected images of 28×28 pixels, they are {rows}×{columns}."
        )
    if len(images) != len(labels):
        raise DataError(
            f"{images_file.name} has {len(images):,} images, "
            f"but {labels_file.name} has {len(labels):,} labels."
        )
    if labels.max() > 9:
        raise DataError(
            f"{labels_file.name}: expected labels from 0 to 9, but there is a {labels.max()}."
        )
    pixels = images.reshape(len(images), Kind.MNIST.pixels) / np.float32(255)
    return pixels, labels.astype(np.int64)


def _existing(folder: Path, name: str) -> Path:
    for file in (folder / f"{name}.gz", folder / name):
        if file.is_file():
            return file
    raise DataError(f"{name}.gz is not in {folder}.")
