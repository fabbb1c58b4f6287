"""Metrics against scikit-learn's."""

import numpy as np
import pytest
from sklearn import metrics

from nn_core import accuracy, confusion_matrix

CLASSES = 4


def answers(seed=0, size=60, classes=CLASSES, dtype=int):
    rng = np.random.default_rng(seed)
    return rng.integers(classes, size=(2, size)).astype(dtype)


@pytest.mark.parametrize("seed", range(5))
def test_accuracy_is_scikit_learns(seed):
    predicted, target = answers(seed)
    assert accuracy(predicted, target) == metrics.accuracy_score(target, predicted)


@pytest.mark.parametrize(("right", "expected"), [(0, 0), (1, 0.25), (3, 0.75), (4, 1)])
def test_accuracy_is_the_share_that_is_right(right, expected):
    target = np.arange(4)
    predicted = np.where(target < right, target, target + 1)
    assert accuracy(predicted, target) == expected
    assert type(accuracy(predicted, target)) is float


@pytest.mark.parametrize("normalize", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_confusion_is_scikit_learns_row_the_target_and_column_the_answer(seed, normalize):
    predicted, target = answers(seed)
    expected = metrics.confusion_matrix(target, predicted, normalize="true" if normalize else None)
    found = confusion_matrix(predicted, target, CLASSES, normalize)
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_confusion_counts_whole_numbers_with_all_right_on_the_diagonal():
    predicted, target = answers()
    matrix = confusion_matrix(predicted, target, CLASSES)
    assert np.issubdtype(matrix.dtype, np.integer)
    assert matrix.sum() == len(target)
    assert matrix.trace() / matrix.sum() == accuracy(predicted, target)


def test_normalised_rows_sum_to_1_and_that_of_an_absent_class_to_0():
    predicted, target = answers()
    present = target != 2
    matrix = confusion_matrix(predicted[present], target[present], CLASSES, normalize=True)
    np.testing.assert_allclose(matrix.sum(axis=1), [1, 1, 0, 1], rtol=1e-15)


def test_a_class_that_is_neither_asked_nor_answered_has_its_row_and_column():
    matrix = confusion_matrix(np.array([0, 2]), np.array([0, 0]), 4)
    np.testing.assert_array_equal(matrix, [[1, 0, 1, 0], [0] * 4, [0] * 4, [0] * 4])


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, np.int64])
def test_confusion_takes_labels_of_every_width(dtype):
    predicted, target = answers(size=500, classes=26, dtype=dtype)
    expected = metrics.confusion_matrix(target, predicted)
    np.testing.assert_array_equal(confusion_matrix(predicted, target, 26), expected)


def test_metrics_leave_the_labels_as_they_were():
    predicted, target = answers()
    predicted.flags.writeable = target.flags.writeable = False
    accuracy(predicted, target), confusion_matrix(predicted, target, CLASSES, normalize=True)


@pytest.mark.parametrize(
    ("predicted", "target"),
    [
        (np.zeros(3, int), np.zeros(4, int)),
        (np.zeros((3, 1), int), np.zeros(3, int)),
        (np.zeros(0, int), np.zeros(0, int)),
    ],
    ids=["of another length", "of another shape", "none at all"],
)
def test_answers_that_do_not_match_the_targets_are_refused(predicted, target):
    with pytest.raises(ValueError, match=r"^predicted: expected .* got "):
        accuracy(predicted, target)
    with pytest.raises(ValueError, match=r"^predicted: expected .* got "):
        confusion_matrix(predicted, target, CLASSES)


@pytest.mark.parametrize("outside", [-1, CLASSES])
def test_a_class_that_is_none_is_refused_by_its_side(outside):
    right, wrong = np.array([0, 1]), np.array([0, outside])
    with pytest.raises(ValueError, match=rf"^predicted: expected .* 0 to 3, got .*{outside}"):
        confusion_matrix(wrong, right, CLASSES)
    with pytest.raises(ValueError, match=rf"^target: expected .* 0 to 3, got .*{outside}"):
        confusion_matrix(right, wrong, CLASSES)


@pytest.mark.parametrize("wrong", [0, -1, 2.0, "4", None])
def test_a_number_of_classes_that_is_no_positive_whole_number_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^classes: expected .* got "):
        confusion_matrix(np.zeros(2, int), np.zeros(2, int), wrong)
