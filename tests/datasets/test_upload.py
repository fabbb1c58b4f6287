"""MNIST as a reader brings it: whole and right, or one sentence."""

import gzip
import io
import struct
import tracemalloc

import numpy as np
import pytest

from datasets.digits import Images, Kind
from datasets.mnist import read_mnist
from datasets.upload import KERAS, read_upload
from tests.datasets.conftest import idx_bytes

RNG = np.random.default_rng(0)
ARRAYS = {
    "x_train": RNG.integers(0, 256, (6, 28, 28), np.uint8),
    "y_train": np.array([5, 0, 4, 1, 9, 2], np.uint8),
    "x_test": RNG.integers(0, 256, (3, 28, 28), np.uint8),
    "y_test": np.array([7, 2, 1], np.uint8),
}
PLAIN = {KERAS[name]: idx_bytes(array) for name, array in ARRAYS.items()}
ZIPPED = {f"{name}.gz": gzip.compress(content) for name, content in PLAIN.items()}
MIXED = dict([*list(PLAIN.items())[:2], *list(ZIPPED.items())[2:]])
IMAGES, LABELS = KERAS["x_train"], KERAS["y_train"]


def keras(compress=False, **changes):
    file = io.BytesIO()
    arrays = {name: array for name, array in (ARRAYS | changes).items() if array is not None}
    (np.savez_compressed if compress else np.savez)(file, **arrays)
    return {"mnist.npz": file.getvalue()}


def opened(files):
    return {name: io.BytesIO(content) for name, content in files.items()}


@pytest.mark.parametrize(
    "files",
    [PLAIN, ZIPPED, MIXED, keras(), keras(True), {"renamed.npz": keras()["mnist.npz"]}],
    ids=["plain", "gzipped", "mixed", "keras", "keras compressed", "keras renamed"],
)
def test_whatever_form_it_comes_in_it_is_read_as_it_was_and_has_one_digest(files):
    images = read_upload(opened(files))
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(getattr(images, name), array)
    digits = images.digits(Kind.BROUGHT)
    np.testing.assert_array_equal(digits.x_train, ARRAYS["x_train"].reshape(6, 784))
    np.testing.assert_array_equal(digits.t_test, ARRAYS["y_test"])
    assert digits.digest == Images(**ARRAYS).digest


def test_the_same_digits_in_the_servers_folder_have_the_same_digest(tmp_path):
    for name, content in ZIPPED.items():
        (tmp_path / name).write_bytes(content)
    assert read_mnist(tmp_path).digest == read_upload(opened(keras())).digest


@pytest.mark.parametrize("name", ARRAYS)
def test_one_other_pixel_or_label_is_another_digest(name):
    changed = ARRAYS[name].copy()
    changed.flat[-1] ^= 1
    assert Images(**ARRAYS | {name: changed}).digest != Images(**ARRAYS).digest


def without(files, name):
    return {other: content for other, content in files.items() if other != name}


X = ARRAYS["x_train"]
BAD = {
    "one missing": (without(PLAIN, LABELS), "train-labels"),
    "only one": ({IMAGES: PLAIN[IMAGES]}, "train-labels"),
    "foreign name": ({**PLAIN, "holiday.jpg": b"abc"}, "holiday.jpg is none of MNIST's files"),
    "a path": ({**without(PLAIN, LABELS), f"../{LABELS}": PLAIN[LABELS]}, "is none of MNIST's"),
    "npz and more": ({**PLAIN, **keras()}, "mnist.npz is none of MNIST's files"),
    "empty": ({**PLAIN, LABELS: b""}, "expected an IDX file"),
    "cut short": ({**PLAIN, IMAGES: PLAIN[IMAGES][:-1]}, "cut short"),
    "too long": ({**PLAIN, IMAGES: PLAIN[IMAGES] + b"x"}, "more data"),
    "gzip cut": ({**ZIPPED, f"{IMAGES}.gz": ZIPPED[f"{IMAGES}.gz"][:-9]}, "cut short or damaged"),
    "no gzip": ({**ZIPPED, f"{IMAGES}.gz": PLAIN[IMAGES]}, "expected a gzip file"),
    "gzip as plain": ({**PLAIN, IMAGES: ZIPPED[f"{IMAGES}.gz"]}, "expected an IDX file"),
    "swapped": ({**PLAIN, IMAGES: PLAIN[LABELS], LABELS: PLAIN[IMAGES]}, "expected an IDX"),
    "label 10": ({**PLAIN, LABELS: idx_bytes(np.array([10] * 6))}, "from 0 to 9"),
    "too few": ({**PLAIN, LABELS: idx_bytes(np.arange(5))}, "has 6 images"),
    "32 by 32": ({**PLAIN, IMAGES: idx_bytes(np.zeros((6, 32, 32)))}, "they are 32×32"),
    "no npz": ({"mnist.npz": b"hello"}, "not an .npz: expected Keras' mnist.npz"),
    "npz cut": ({"mnist.npz": keras()["mnist.npz"][:-30]}, "not an .npz"),
    "npz lacks": (keras(x_test=None, y_test=None), "lacks x_test, y_test"),
    "npz has more": (keras(z=np.arange(3)), "not Keras' mnist.npz"),
    "npz floats": (keras(x_train=X / 255), "x_train is float64"),
    "npz flat": (keras(x_train=X.reshape(6, 784)), r"x_train is uint8 (6, 784)"),
    "npz label 10": (keras(y_train=np.full(6, 10, np.uint8)), "from 0 to 9"),
    "npz too few": (keras(y_train=np.zeros(5, np.uint8)), "has 6 images"),
    "npz 27 by 27": (keras(x_train=X[:, 1:, 1:]), "they are 27×27"),
    "npz no images": (keras(x_train=X[:0], y_train=np.zeros(0, np.uint8)), "no usable size"),
    "npz bomb": (keras(True, x_train=np.zeros((110_000, 28, 28), np.uint8)), "at most 80 MB"),
}


@pytest.mark.parametrize(("files", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_named(files, said, refusal):
    assert said in refusal(read_upload, opened(files))


class Opened(io.BytesIO):
    """A file that counts how much of it was read."""

    def __init__(self, content):
        super().__init__(content)
        self.taken = 0

    def read(self, size=-1):
        content = super().read(size)
        self.taken += len(content)
        return content


def headed(*counts):
    return bytes([0, 0, 8, len(counts)]) + struct.pack(f">{len(counts)}I", *counts)


@pytest.mark.parametrize("zipped", [False, True])
def test_what_promises_too_much_is_refused_by_its_header(zipped, refusal):
    """Two sets of images of 60 MB each: one alone would do, and neither is unpacked."""
    pack = gzip.compress if zipped else bytes
    files = {
        IMAGES: headed(76_000, 28, 28) + bytes(76_000 * 784),
        LABELS: headed(76_000) + bytes(76_000),
        KERAS["x_test"]: headed(76_000, 28, 28) + bytes(76_000 * 784),
        KERAS["y_test"]: headed(76_000) + bytes(76_000),
    }
    ending = ".gz" if zipped else ""
    files = {f"{name}{ending}": Opened(pack(content)) for name, content in files.items()}
    tracemalloc.start()
    said = refusal(read_upload, files)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "would unpack to 119 MB: expected at most 80 MB" in said
    assert max(file.taken for file in files.values()) < 200_000
    assert most < 2_000_000


def test_reading_takes_little_more_than_what_is_read():
    images = np.zeros((20_000, 28, 28), np.uint8)
    content = keras(True, x_train=images, y_train=np.zeros(20_000, np.uint8))
    files = opened(content)
    tracemalloc.start()
    read_upload(files)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < images.nbytes * 1.4


def test_an_array_of_objects_is_not_unpickled(refusal):
    file = io.BytesIO()
    np.savez(file, **ARRAYS | {"y_train": np.array([{}] * 6, object)})
    said = refusal(read_upload, opened({"mnist.npz": file.getvalue()}))
    assert "Python objects" in said
