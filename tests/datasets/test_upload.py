"""MNIST as a reader brings it: whole and right, or one sentence and nothing is kept."""

import gzip
import io

import numpy as np
import pytest

from datasets.digits import Kind
from datasets.mnist import read_mnist
from datasets.upload import KERAS, keep_mnist
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


def everything_in(folder):
    return {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize(
    "files",
    [PLAIN, ZIPPED, MIXED, keras(), keras(True), {"renamed.npz": keras()["mnist.npz"]}],
    ids=["plain", "gzipped", "mixed", "keras", "keras compressed", "keras renamed"],
)
def test_whatever_form_it_comes_in_it_is_read_from_the_folder_as_it_was(files, tmp_path):
    folder = tmp_path / "not" / "there"
    keep_mnist(files, folder)
    digits = read_mnist(folder)
    assert digits.kind is Kind.MNIST
    np.testing.assert_array_equal(np.rint(digits.x_train * 255), ARRAYS["x_train"].reshape(6, 784))
    np.testing.assert_array_equal(np.rint(digits.x_test * 255), ARRAYS["x_test"].reshape(3, 784))
    np.testing.assert_array_equal(digits.t_train, ARRAYS["y_train"])
    np.testing.assert_array_equal(digits.t_test, ARRAYS["y_test"])
    assert len(list(folder.iterdir())) == 4


def test_what_is_brought_later_takes_the_place_of_what_was_there(tmp_path):
    keep_mnist(ZIPPED, tmp_path)
    keep_mnist(keras(y_test=np.array([1, 1, 1], np.uint8)), tmp_path)
    assert read_mnist(tmp_path).t_test.tolist() == [1, 1, 1]
    assert len(list(tmp_path.iterdir())) == 4


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
def test_what_is_wrong_is_named_and_nothing_is_kept(files, said, tmp_path, refusal):
    assert said in refusal(keep_mnist, files, tmp_path / "mnist")
    assert not everything_in(tmp_path)


def test_a_refusal_leaves_what_was_there(tmp_path, refusal):
    keep_mnist(ZIPPED, tmp_path)
    before = everything_in(tmp_path)
    for files, _ in (BAD["label 10"], BAD["npz cut"], BAD["one missing"]):
        refusal(keep_mnist, files, tmp_path)
        assert everything_in(tmp_path) == before


def test_an_array_of_objects_is_not_unpickled(tmp_path, refusal):
    file = io.BytesIO()
    np.savez(file, **ARRAYS | {"y_train": np.array([{}] * 6, object)})
    said = refusal(keep_mnist, {"mnist.npz": file.getvalue()}, tmp_path)
    assert "Python objects" in said
