"""What waits for a visitor's word: found by its token, within limits, and not for long."""

import io

import numpy as np
import pytest

from datasets.idx import DataError
from datasets.together import Missing, Offer
from datasets.upload import read_upload
from runs.offers import Offers
from tests.brought_files import MNIST, PLAIN, TEST_X, TEST_Y, TRAIN_X, TRAIN_Y, idx, npz
from tests.runs.test_run import wait_for


def found(*names):
    return read_upload((name, io.BytesIO(PLAIN[name])) for name in names)


def test_files_come_one_after_the_other_and_are_found_by_one_token_all_the_time():
    offers = Offers()
    first = offers.add(found(MNIST[0]))
    assert isinstance(first.makes, Missing)
    second = offers.add(found(MNIST[1]), first.token)
    assert isinstance(second.makes, Offer)
    assert (second.token, second.key) == (first.token, first.key)
    assert offers.find(second.token) is second
    offers.forget(second.token)
    assert offers.find(second.token) is None


def test_what_does_not_fit_is_refused_and_what_waits_goes_on_waiting():
    offers = Offers()
    first = offers.add(found(MNIST[0]))
    with pytest.raises(DataError):
        offers.add(read_upload([(MNIST[1], io.BytesIO(idx(TRAIN_Y[:39])))]), first.token)
    assert offers.find(first.token) is first
    assert isinstance(offers.add(found(MNIST[1]), first.token).makes, Offer)


def test_a_whole_set_is_given_no_labels_that_came_before_it():
    offers = Offers()
    wrong = read_upload([("y.idx", io.BytesIO(idx(TRAIN_Y[::-1].copy())))])
    first = offers.add(wrong)
    own = read_upload([("a.npz", io.BytesIO(npz(x=TRAIN_X, y=TRAIN_Y)))])
    made = offers.add(own, first.token).makes
    images = np.concatenate([made.images.x_train, made.images.x_test])
    labels = np.concatenate([made.images.y_train, made.images.y_test])
    truly = {x.tobytes(): int(y) for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)}
    assert [truly[x.tobytes()] for x in images] == [int(made.subject.classes[y]) for y in labels]
    assert "of no use here: y.idx" in " ".join(made.notes)


def test_a_second_whole_set_takes_the_place_of_the_first_and_what_to_test_on_joins_it():
    offers = Offers()
    files = {"a.npz": npz(x_train=TRAIN_X, y_train=TRAIN_Y), "b.npz": npz(data=TEST_X, y=TEST_Y),
             "c.npz": npz(x_test=TEST_X, y_test=TEST_Y)}  # fmt: skip
    given = {name: read_upload([(name, io.BytesIO(content))]) for name, content in files.items()}
    first = offers.add(given["a.npz"])
    joined = offers.add(given["c.npz"], first.token)
    np.testing.assert_array_equal(joined.makes.images.x_train, TRAIN_X)
    np.testing.assert_array_equal(joined.makes.images.x_test, TEST_X)
    assert joined.key == first.key
    other = offers.add(given["b.npz"], joined.token)
    assert other.key != first.key
    assert len(other.makes.images.x_train) + len(other.makes.images.x_test) == len(TEST_X)
    assert "b.npz" not in " ".join(other.makes.notes)


def test_nobody_finds_anothers():
    offers = Offers()
    offers.add(found(MNIST[0]))
    for token in ("", "a", "0" * 12):
        assert offers.find(token) is None


def test_the_oldest_make_room_and_nobody_waits_for_ever():
    offers = Offers(most=int(2.5 * TRAIN_X.nbytes), unused=0.05)
    waiting = [
        offers.add(read_upload([("x", io.BytesIO(idx(np.roll(TRAIN_X, n, 0))))])) for n in range(4)
    ]
    assert offers.find(waiting[0].token) is None
    wait_for(lambda: not offers._waiting)  # to look for one would keep it
    assert offers.find(waiting[3].token) is None
