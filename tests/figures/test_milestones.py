"""What is said of a film is true from its step on, and each strand says its latest words."""

import numpy as np

from figures.milestones import came_below, first, firsts, gathered, together
from figures.words import Said


def test_the_first_step_below_half_and_below_a_tenth():
    loss = np.array([1.0, 0.6, 0.4, 0.7, 0.09])
    assert came_below(loss) == {"half": 2, "a tenth": 4}
    assert came_below(np.array([1.0, 0.5])) == {}  # half is not below it
    assert first(np.array([False, False])) is None


def test_those_who_come_first_at_one_step_are_named_together():
    said = firsts({
        "a": np.array([2.0, 0.9, 0.8]), "b": np.array([2.0, 0.8, 0.1]), "c": np.array([2.0, 3, 3]),
    })  # fmt: skip
    assert [since for since, _ in said] == [1, 1, 2]
    assert said[1].words == "First below half of 2: **a** and **b**, at step 1."
    assert said[2].words == "First below a tenth of 2: **b**, at step 2."


def test_strands_are_said_together_each_with_its_latest_words_until_the_end():
    course = [Said(0, "Begun."), Said(5, "Half."), Said(5, "A tenth."), Said(20, "Never.")]
    left = gathered("Left", {"a": 7, "b": 3, "c": 7})
    assert together([course, left], Said(9, "End.")) == [
        (0, "Begun."),
        (3, "Begun. Left: b (step 3)."),
        (5, "A tenth. Left: b (step 3)."),
        (7, "A tenth. Left: a (step 7), b (step 3) and c (step 7)."),
        (9, "End."),
    ]
