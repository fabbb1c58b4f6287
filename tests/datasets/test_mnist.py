"""MNIST from its four files, and the order in which it is looked for."""

from pathlib import Path

import numpy as np
import pytest

import datasets.mnist
from datasets.digits import Kind
from datasets.idx import DataError
from datasets.mnist import find_digits, is_mnist, read_mnist

TRAIN, TEST = 6, 4  # images in the small sets made up here
TRAIN_IMAGES, TRAIN_LABELS = "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"
TEST_IMAGES, TEST_LABELS = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"


def made_up(seed=0):
    """Small files of MNIST's names and format."""
    rng = np.random.default_rng(seed)
    return {
        TRAIN_IMAGES: rng.integers(256, size=(TRAIN, 28, 28)),
        TRAIN_LABELS: rng.integers(10, size=TRAIN),
        TEST_IMAGES: rng.integers(256, size=(TEST, 28, 28)),
        TEST_LABELS: rng.integers(10, size=TEST),
    }


@pytest.fixture
def write_set(write_idx):
    """Writes the four files to a folder, some of them changed, or left out (None)."""

    def write(folder: Path, seed=0, **changed) -> Path:
        for name, array in (made_up(seed) | changed).items():
            if array is not None:
                write_idx(name, array, folder)
        return folder

    return write


# The four files


def test_pixels_are_kept_as_bytes_a_quarter_of_what_numbers_take(write_set, tmp_path):
    files, digits = made_up(), read_mnist(write_set(tmp_path))
    assert digits.x_train.dtype == digits.x_test.dtype == np.uint8
    np.testing.assert_array_equal(digits.x_train, files[TRAIN_IMAGES].reshape(TRAIN, 784))


def test_pixels_are_rows_from_0_to_1_and_labels_are_integers(write_set, tmp_path):
    files, digits = made_up(), read_mnist(write_set(tmp_path)).numbers(TRAIN)
    np.testing.assert_allclose(digits.x_train, files[TRAIN_IMAGES].reshape(TRAIN, 784) / 255)
    np.testing.assert_allclose(digits.x_test, files[TEST_IMAGES].reshape(TEST, 784) / 255)
    np.testing.assert_array_equal(digits.t_train, files[TRAIN_LABELS])
    np.testing.assert_array_equal(digits.t_test, files[TEST_LABELS])
    assert digits.x_train.dtype == digits.x_test.dtype == np.float32
    assert np.issubdtype(digits.t_train.dtype, np.integer)
    assert (digits.kind, digits.note) == (Kind.MNIST, "")


def test_black_is_exactly_0_and_white_exactly_1(write_set, tmp_path):
    images = np.zeros((TRAIN, 28, 28))
    images[:, 14:] = 255
    digits = read_mnist(write_set(tmp_path, **{TRAIN_IMAGES: images})).numbers(TRAIN)
    assert set(np.unique(digits.x_train)) == {0, 1}


def test_unpacked_files_do_as_well(write_idx, tmp_path):
    for name, array in made_up().items():
        write_idx(name.removesuffix(".gz"), array)
    np.testing.assert_array_equal(read_mnist(tmp_path).t_train, made_up()[TRAIN_LABELS])


@pytest.mark.parametrize("name", made_up())
def test_a_missing_file_is_named(write_set, tmp_path, refusal, name):
    assert name in refusal(read_mnist, write_set(tmp_path, **{name: None}))


def test_a_missing_folder_is_named(tmp_path, refusal):
    assert str(tmp_path / "nowhere") in refusal(read_mnist, tmp_path / "nowhere")


@pytest.mark.parametrize("name", made_up())
def test_a_damaged_file_is_named(write_set, tmp_path, refusal, name):
    folder = write_set(tmp_path)
    (folder / name).write_bytes((folder / name).read_bytes()[:-9])
    assert name in refusal(read_mnist, folder)


@pytest.mark.parametrize(
    ("images", "labels", "count"), [(TRAIN_IMAGES, TRAIN_LABELS, 6), (TEST_IMAGES, TEST_LABELS, 4)]
)
@pytest.mark.parametrize("difference", [-1, 1])
def test_counts_that_disagree_are_refused(
    write_set, tmp_path, refusal, images, labels, count, difference
):
    folder = write_set(tmp_path, **{labels: np.zeros(count + difference)})
    text = refusal(read_mnist, folder)
    assert images in text
    assert labels in text
    assert f"{count} images" in text
    assert f"{count + difference} labels" in text


@pytest.mark.parametrize(("name", "count"), [(TRAIN_LABELS, TRAIN), (TEST_LABELS, TEST)])
@pytest.mark.parametrize("label", [10, 255])
def test_a_label_above_9_is_refused(write_set, tmp_path, refusal, name, count, label):
    labels = np.zeros(count)
    labels[-1] = label
    text = refusal(read_mnist, write_set(tmp_path, **{name: labels}))
    assert name in text
    assert str(label) in text


@pytest.mark.parametrize(("name", "count"), [(TRAIN_IMAGES, TRAIN), (TEST_IMAGES, TEST)])
@pytest.mark.parametrize("shape", [(27, 28), (28, 29), (14, 56), (8, 8)])
def test_images_of_another_size_are_refused(write_set, tmp_path, refusal, name, count, shape):
    text = refusal(read_mnist, write_set(tmp_path, **{name: np.zeros((count, *shape))}))
    assert name in text
    assert f"{shape[0]}×{shape[1]}" in text


def test_labels_in_the_place_of_images_are_refused(write_set, tmp_path, refusal):
    folder = write_set(tmp_path, **{TRAIN_IMAGES: made_up()[TRAIN_LABELS]})
    assert TRAIN_IMAGES in refusal(read_mnist, folder)


# Where it is looked for. The sets in the three places differ by their seed.

NAMED, CACHED, DOWNLOADED = 1, 2, 3


@pytest.fixture
def places(monkeypatch, tmp_path, write_set):
    """Sets up the three places, each with its own set or without; counts the downloads."""

    def set_up(named=False, cached=False, downloadable=False):
        calls = []

        def download(folder, report):
            calls.append(folder)
            if not downloadable:
                raise DataError("train-images-idx3-ubyte.gz could not be downloaded: no way.")
            report(TRAIN_IMAGES, 1.0)
            write_set(folder, DOWNLOADED)

        monkeypatch.setattr(datasets.mnist, "download_mnist", download)
        monkeypatch.setattr(datasets.mnist, "is_mnist", lambda digits: True)
        monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("GLASSBOX_MNIST_DIR", str(tmp_path / "named"))
        if named:
            write_set(tmp_path / "named", NAMED)
        if cached:
            write_set(tmp_path / "home" / "mnist", CACHED)
        return calls

    return set_up


def is_set(digits, seed):
    return np.array_equal(digits.t_train, made_up(seed)[TRAIN_LABELS])


def test_the_made_up_sets_can_be_told_apart():
    labels = [made_up(seed)[TRAIN_LABELS].tolist() for seed in (NAMED, CACHED, DOWNLOADED)]
    assert labels[0] != labels[1] != labels[2] != labels[0]


def test_the_folder_named_by_the_variable_comes_first(places):
    calls = places(named=True, cached=True, downloadable=True)
    digits = find_digits()
    assert is_set(digits, NAMED)
    assert digits.note == ""
    assert calls == []


@pytest.mark.parametrize("named", ["", None])
def test_without_the_variable_the_cache_comes_first(places, monkeypatch, named):
    calls = places(named=True, cached=True, downloadable=True)
    if named is None:
        monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    else:
        monkeypatch.setenv("GLASSBOX_MNIST_DIR", named)
    digits = find_digits()
    assert is_set(digits, CACHED)
    assert digits.note == ""
    assert calls == []


def test_a_named_folder_that_cannot_be_used_is_told_and_the_cache_is_next(places):
    calls = places(cached=True, downloadable=True)
    digits = find_digits()
    assert is_set(digits, CACHED)
    assert "GLASSBOX_MNIST_DIR" in digits.note
    assert TRAIN_IMAGES in digits.note
    assert calls == []


def test_without_a_cache_it_is_downloaded_into_the_cache_and_progress_is_told(
    places, monkeypatch, tmp_path
):
    calls, heard = places(downloadable=True), []
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    digits = find_digits(lambda name, fraction: heard.append((name, fraction)))
    assert is_set(digits, DOWNLOADED)
    assert digits.note == ""
    assert calls == [tmp_path / "home" / "mnist"]
    assert heard == [(TRAIN_IMAGES, 1.0)]


def test_what_was_downloaded_once_is_not_downloaded_again(places, monkeypatch):
    calls = places(downloadable=True)
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    find_digits()
    assert is_set(find_digits(), DOWNLOADED)
    assert len(calls) == 1


@pytest.mark.parametrize("downloadable", [True, False])
def test_what_lies_in_its_place_and_is_not_mnist_is_not_called_so(
    places, monkeypatch, downloadable
):
    calls = places(cached=True, downloadable=downloadable)
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    monkeypatch.setattr(datasets.mnist, "is_mnist", lambda digits: not is_set(digits, CACHED))
    digits = find_digits()
    assert len(calls) == 1
    assert digits.kind is (Kind.MNIST if downloadable else Kind.BUNDLED)


def test_mnist_is_known_by_its_digest(mnist, write_set, tmp_path):
    assert is_mnist(mnist)
    assert not is_mnist(read_mnist(write_set(tmp_path)))


def test_a_damaged_cache_is_replaced_by_a_download(places, monkeypatch, tmp_path):
    places(cached=True, downloadable=True)
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    (tmp_path / "home" / "mnist" / TRAIN_LABELS).write_bytes(b"not gzip")
    digits = find_digits()
    assert is_set(digits, DOWNLOADED)
    assert digits.note == ""


def test_a_named_folder_that_cannot_be_used_is_told_after_a_download_too(places):
    places(downloadable=True)
    digits = find_digits()
    assert is_set(digits, DOWNLOADED)
    assert "GLASSBOX_MNIST_DIR" in digits.note


def test_without_any_of_them_the_bundled_digits_come_with_a_line_that_says_why(places, monkeypatch):
    places()
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    digits = find_digits()
    assert len(digits.x_train) + len(digits.x_test) == 1797
    assert digits.kind is Kind.BUNDLED
    assert "could not be downloaded: no way." in digits.note
    assert "1,797" in digits.note
    assert "\n" not in digits.note
    assert "GLASSBOX_MNIST_DIR" not in digits.note


def test_a_named_folder_that_cannot_be_used_is_told_with_the_bundled_digits_too(places):
    places()
    digits = find_digits()
    assert digits.kind is Kind.BUNDLED
    assert "GLASSBOX_MNIST_DIR" in digits.note
    assert "1,797" in digits.note
    assert "\n" not in digits.note


def test_a_download_that_turns_out_unusable_leads_to_the_bundled_digits(
    places, monkeypatch, write_set
):
    places()
    monkeypatch.delenv("GLASSBOX_MNIST_DIR")
    short = {TRAIN_LABELS: np.zeros(TRAIN - 1)}
    monkeypatch.setattr(
        datasets.mnist, "download_mnist", lambda folder, report: write_set(folder, **short)
    )
    digits = find_digits()
    assert digits.kind is Kind.BUNDLED
    assert TRAIN_LABELS in digits.note
