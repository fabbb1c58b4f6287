"""The digits that scikit-learn ships, as a network takes them."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from datasets.digits import Images, Kind, bundled_digits


@pytest.fixture(scope="module")
def digits():
    return bundled_digits()


def test_there_are_1797_of_64_pixels_from_0_to_1(digits):
    assert len(digits.x_train) + len(digits.x_test) == 1797
    assert digits.x_train.shape[1] == digits.x_test.shape[1] == 64
    assert digits.kind is Kind.BUNDLED
    for x in (digits.x_train, digits.x_test):
        assert x.dtype == np.float32
        assert (x.min(), x.max()) == (0, 1)


def test_each_image_has_its_label(digits):
    assert len(digits.t_train) == len(digits.x_train)
    assert len(digits.t_test) == len(digits.x_test)
    for t in (digits.t_train, digits.t_test):
        assert np.issubdtype(t.dtype, np.integer)
        assert set(t) == set(range(10))


def rows(x, t):
    return sorted((*pixels, label) for pixels, label in zip(x.tolist(), t.tolist(), strict=True))


def test_training_and_test_share_no_digit_and_leave_none_out(digits):
    x, t = load_digits(return_X_y=True)
    assert len(np.unique(x, axis=0)) == 1797  # no image is there twice: equal rows, same digit
    split = rows(digits.x_train, digits.t_train) + rows(digits.x_test, digits.t_test)
    assert sorted(split) == rows(x / 16, t)


def test_about_one_in_five_is_for_testing(digits):
    assert len(digits.x_test) / 1797 == pytest.approx(1 / 5, abs=0.01)


def test_everybody_has_the_same_split(digits):
    again = bundled_digits()
    np.testing.assert_array_equal(again.x_train, digits.x_train)
    np.testing.assert_array_equal(again.t_test, digits.t_test)


def test_the_split_is_drawn_not_cut_off_at_the_end(digits):
    x, _ = load_digits(return_X_y=True)
    assert not np.array_equal(digits.x_test, (x / 16).astype(np.float32)[-len(digits.x_test) :])


def test_a_note_is_passed_on_and_there_is_none_otherwise(digits):
    assert bundled_digits("from the shelf").note == "from the shelf"
    assert digits.note == ""


def test_a_kind_is_found_by_what_a_reader_and_a_saved_run_call_it(digits):
    assert Kind.titled("MNIST") is Kind.MNIST
    assert Kind.titled("scikit-learn's digits") is Kind.BUNDLED
    assert (Kind.MNIST.side, Kind.MNIST.pixels) == (28, 784)
    assert (Kind.BUNDLED.side, Kind.BUNDLED.pixels) == (8, digits.x_train.shape[1])
    with pytest.raises(ValueError, match="no digits are called 'mnist'"):
        Kind.titled("mnist")


def test_who_holds_few_of_them_holds_little_and_knows_which_they_are():
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (900, 28, 28), np.uint8), np.arange(900) % 10
    labels = labels.astype(np.uint8)
    whole = Images(images, labels, images, labels).digits(Kind.BROUGHT, name="the-name-of-them")
    few = whole.few(20)
    assert few.bytes < whole.bytes / 40
    assert all(array.base is None for array in few[1:5])  # nothing of the others is held
    assert (few.digest, few.name, few.kind) == (whole.digest, whole.name, whole.kind)
    np.testing.assert_array_equal(few.x_test, images[:20].reshape(20, 784))
