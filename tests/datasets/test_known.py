"""Sets that are called by their names, in whatever files and order they come."""

import gzip
import io
import os
from pathlib import Path

import numpy as np
import pytest

from datasets.digits import TEN, Images
from datasets.found import Found
from datasets.idx import read_idx
from datasets.known import CLOTHES, HIRAGANA, KMNIST, recognised
from datasets.mnist import read_mnist
from datasets.together import Offer, together
from datasets.upload import read_upload
from tests.brought_files import MNIST, PIXELS, TRAIN_X, TRAIN_Y, idx, npz, table, zipped
from tests.sweeps import sweep

FASHION_MNIST = Path(os.environ.get("FASHION_MNIST_DIR", "/usr/share/datasets/fashion-mnist"))


def offer(files) -> Offer:
    made = together(*read_upload((name, io.BytesIO(content)) for name, content in files.items()))
    assert isinstance(made, Offer), made
    return made


@pytest.fixture(scope="module")
def arrays():
    """MNIST as bytes, by the names that Keras has for its parts."""
    folder = os.environ.get("GLASSBOX_MNIST_DIR")
    if not folder:
        pytest.skip("needs MNIST: set GLASSBOX_MNIST_DIR to a folder with the four IDX files")
    digits = read_mnist(Path(folder))
    x_train, x_test = (x.reshape(-1, 28, 28) for x in (digits.x_train, digits.x_test))
    return {
        "x_train": x_train,
        "y_train": digits.t_train,
        "x_test": x_test,
        "y_test": digits.t_test,
    }


@sweep("form", ["idx", "gz", "npz", "zip"], usual=["gz"])
def test_mnist_is_known_in_any_form(arrays, form):
    files = {name: idx(array) for name, array in zip(MNIST, arrays.values(), strict=True)}
    match form:
        case "gz":
            files = {name: gzip.compress(content, 1) for name, content in files.items()}
        case "npz":
            files = {"mnist.npz": npz(False, **arrays)}
        case "zip":
            files = {"a.zip": zipped(files)}
    made = offer(files)
    assert (made.subject.title, made.subject.classes) == ("MNIST", TEN)
    assert (
        made.images.digest
        == Images(**arrays | {k: arrays[k].astype(np.uint8) for k in ("y_train", "y_test")}).digest
    )
    assert not any("looked up" in note for note in made.notes)


def test_a_part_is_known_in_another_order_and_as_a_table(arrays):
    """Kaggle's tables are shuffled."""
    order = np.random.default_rng(3).permutation(10_000)[:3_500]
    x, y = arrays["x_test"][order], arrays["y_test"][order]
    made = offer({"train.csv": table(x, y, ["label", *PIXELS])})
    assert (made.subject.title, made.subject.classes) == ("part of MNIST", TEN)
    assert not any("looked up" in note for note in made.notes)


def test_two_of_its_classes_keep_their_names(arrays):
    some = np.isin(arrays["y_train"], (3, 8))
    made = offer({"a.npz": npz(False, x=arrays["x_train"][some], y=arrays["y_train"][some])})
    assert (made.subject.title, made.subject.classes) == ("part of MNIST", ("3", "8"))


def test_another_edition_says_how_many_are_the_same(arrays):
    """Kaggle's Fashion-MNIST is the first edition, nine tenths of which are in today's."""
    x, y = np.concatenate([arrays["x_test"], arrays["x_train"][:20_000]]), arrays["y_test"]
    y = np.concatenate([y, arrays["y_train"][:20_000]])
    x[::10, 0, 0] += 1
    made = offer({"a.npz": npz(False, x=x, y=y)})
    assert made.subject.title == "part of MNIST"
    (note,) = (note for note in made.notes if "looked up" in note)
    compared, alike = (int(word) for word in note.replace(",", "").split() if word.isdecimal())
    assert 70 < compared < 190
    assert 0.85 < alike / compared < 0.97
    x[::2, 0, 0] += 1
    assert not offer({"a.npz": npz(False, x=x, y=y)}).subject.title


def test_other_labels_or_too_few_images_are_not_called_by_its_name(arrays):
    x, y = arrays["x_test"], arrays["y_test"]
    assert offer({"a.npz": npz(False, x=x, y=y)}).subject.title == "part of MNIST"
    for other in (9 - y, y % 5, np.array(["a", "b"])[y % 2]):
        assert not offer({"a.npz": npz(False, x=x, y=other)}).subject.title
    assert not offer({"a.npz": npz(False, x=255 - x, y=y)}).subject.title
    assert not offer({"a.npz": npz(False, x=x[:1000], y=y[:1000])}).subject.title
    assert not offer({"a.npz": npz(False, x=np.tile(TRAIN_X, (300, 1, 1)), y=np.tile(TRAIN_Y, 300))
                      }).subject.title  # fmt: skip


def test_a_set_is_known_by_the_checksums_of_its_files():
    files = [Found(name, "", array, frozenset({md5})) for name, array, md5 in
             zip("xy", (TRAIN_X, TRAIN_Y), KMNIST.split(), strict=False)]  # fmt: skip
    known = recognised([tuple(files)], [TRAIN_Y]).known
    assert (known.title, known.classes) == ("KMNIST", HIRAGANA)
    other = files[0]._replace(sums=frozenset({"0" * 32}))
    assert recognised([(other, files[1])], [TRAIN_Y]) is None
    some = files[0]._replace(in_file=100)
    assert recognised([(some, files[1])], [TRAIN_Y]) is None


@pytest.mark.skipif(
    not FASHION_MNIST.is_dir(), reason="needs Debian's dataset-fashion-mnist, or FASHION_MNIST_DIR"
)
@sweep("form", ["idx", "table"], usual=[])
def test_fashion_mnist_is_known(form):
    x, y, z, t = (read_idx(FASHION_MNIST / f"{name}.gz", 1 if "labels" in name else 3)
                  for name in MNIST)  # fmt: skip
    if form == "idx":
        made = offer({"a.npz": npz(False, x_train=x, y_train=y, x_test=z, y_test=t)})
        assert made.subject.title == "Fashion-MNIST"
    else:
        made = offer({"fashion-mnist_test.csv": table(z[::-1], t[::-1], ["label", *PIXELS])})
        assert made.subject.title == "part of Fashion-MNIST"
    assert made.subject.classes == CLOTHES
    assert not any("looked up" in note for note in made.notes)
