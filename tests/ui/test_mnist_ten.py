"""Which ten images are shown of a set: the classes evenly."""

import numpy as np
import pytest

from ui.mnist.ten import ten_of


@pytest.mark.parametrize("classes", [2, 3, 4, 7, 10])
@pytest.mark.parametrize("sorted_by_class", [True, False])
def test_every_class_is_shown_and_none_more_than_once_more_than_another(classes, sorted_by_class):
    labels = np.repeat(np.arange(classes), 250)
    if not sorted_by_class:
        labels = np.random.default_rng(0).permutation(labels)
    chosen = ten_of(labels)
    assert len(set(chosen)) == 10
    each = np.bincount(labels[chosen], minlength=classes)
    assert each.min() >= 1
    assert each.max() - each.min() <= 1
    assert (np.diff(labels[chosen]) >= 0).all()


def test_a_small_class_is_shown_as_often_as_it_can_be():
    labels = np.array([0] * 50 + [1] * 2)
    assert np.bincount(labels[ten_of(labels)]).tolist() == [8, 2]
    assert len(ten_of(np.array([0, 1, 1]))) == 3


def test_of_many_classes_ten_are_shown():
    labels = np.repeat(np.arange(26), 5)
    assert len(set(labels[ten_of(labels)])) == 10
