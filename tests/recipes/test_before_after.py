"""Which images only one of two networks reads right, and what the networks differ in."""

from dataclasses import replace

import numpy as np

from datasets.digits import Kind, Subject
from recipes.before_after import changed, differing, in_words
from recipes.mnist import MnistSettings

T = np.array([4, 4, 9, 9, 1])
BEFORE, AFTER = np.array([9, 4, 9, 4, 7]), np.array([4, 4, 4, 9, 1])
SURE = np.array([0.6, 0.9, 0.8, 0.95, 0.7])


def test_an_image_is_gained_or_lost_the_surest_first():
    gained, lost = changed(T, (BEFORE, AFTER), (SURE, SURE))
    assert gained.tolist() == [3, 4, 0]
    assert lost.tolist() == [2]
    right = [(said == T).sum() for said in (BEFORE, AFTER)]
    assert right[1] - right[0] == len(gained) - len(lost)
    only_nines = changed(T, (BEFORE, AFTER), (SURE, SURE), truth=9)
    assert [part.tolist() for part in only_nines] == [[3], [2]]


def test_every_setting_that_differs_is_named_with_both_values():
    here, there = MnistSettings(), MnistSettings(lr=0.3, hidden=30, crooked=True)
    mnist = Subject.of(Kind.MNIST)
    one, other = in_words(here, mnist), in_words(there, mnist._replace(title="KMNIST"))
    assert differing(one, one) == []
    assert differing(one, other) == [
        ("images", "MNIST", "KMNIST"),
        ("learning rate", "0.1", "0.3"),
        ("hidden units", "50", "30"),
        ("crooked copies", "off", "on"),
    ]
    assert len(one) == len(MnistSettings.allowed())  # what it learned from, and all but widths
    layered = in_words(replace(here, widths="300, 100"), mnist)
    assert differing(one, layered) == [
        ("hidden units", "50", "300, 100"),
        ("hidden layers", "1", "2"),
    ]
    assert in_words(replace(here, epochs=10), mnist)["epochs"] == "10"
