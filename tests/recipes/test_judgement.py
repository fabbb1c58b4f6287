"""How a training went, judged on losses made up to be just that."""

import numpy as np
import pytest

from figures.judgement import ON_A_LANDSCAPE, course_words, rate_words
from recipes.judgement import Went, along_a_path, at_a_rate, course, rises, undecided

NOBODY = np.array([])
DOWN = np.linspace(0.7, 0.1, 11)
LEVEL = np.array([0.7, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5])


@pytest.mark.parametrize(
    ("loss", "larger", "went"),
    [
        (np.array([0.7, 0.6, np.nan]), NOBODY, Went.DIVERGED),
        (np.array([0.7, 0.6, 0.8]), NOBODY, Went.ROSE),
        (np.where(np.arange(11) % 2, 0.6, 0.5), NOBODY, Went.BOUNCED),
        (np.array([0.7, 2.0, *np.linspace(1.9, 0.4, 30)]), NOBODY, Went.OVERSHOT),
        (DOWN, NOBODY, Went.LEARNED),
        (np.linspace(0.7, 0.6, 11), np.array([0.1]), Went.TOO_SLOW),
        (np.linspace(0.7, 0.6, 11), np.array([0.5, np.nan]), Went.FALLING),
        (LEVEL, NOBODY, Went.LEVELLED),
    ],
)
def test_among_other_rates(loss, larger, went):
    assert at_a_rate(loss, larger) is went
    assert rate_words(went, loss)


@pytest.mark.parametrize(
    ("loss", "diverged", "outside", "went"),
    [
        (DOWN, False, False, Went.LEARNED),
        (DOWN, False, True, Went.LEARNED),  # out of the picture, but downhill
        (DOWN, True, True, Went.FLEW_OUT),
        (DOWN[::-1], False, False, Went.ROSE),
        (DOWN[::-1], False, True, Went.FLEW_OUT),
        (np.array([0.7, 0.1, 0.5, 0.2]), False, False, Went.BOUNCED),
        (np.linspace(0.7, 0.69, 9), False, False, Went.HARDLY_MOVED),
        (LEVEL, False, False, Went.STUCK),
        (LEVEL / 3, False, False, Went.LEARNED),  # level, but hardly wrong any more
    ],
)
def test_on_a_landscape_each_has_its_word(loss, diverged, outside, went):
    assert along_a_path(loss, diverged, outside) is went
    assert ON_A_LANDSCAPE[went]


@pytest.mark.parametrize(
    ("loss", "went", "said"),
    [
        ([0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Went.FALLING, "*still falling*"),
        ([0.7, 0.4, 0.3, 0.3, 0.4, 0.45, 0.5], Went.CAME_BACK, "*risen* again"),
        ([0.7, 0.5, 0.4, 0.8, 0.9], Went.ROSE, "*larger than at the start* (**0.7**)"),
        ([0.7, 0.4, 0.35, 0.35, 0.349, 0.349, 0.349], Went.LEVELLED, "less than 2%"),
        ([0.7, 0.698, 0.695, 0.692, 0.69], Went.HARDLY_MOVED, "*hardly moved*"),
        ([0.7, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1], Went.BOUNCED, "*jumps*"),
        ([0.7, 3.0, 2.0, 1.0, 0.69], Went.UNCLEAR, ""),  # it moved, and came back
        (
            [0.7, 0.5, 0.5, 0.44, 0.46, 0.44, 0.425],
            Went.UNCLEAR,
            "",
        ),  # lower, but no longer falling
        ([0.7, 0.3], Went.UNCLEAR, ""),  # nothing is known of what lies between
    ],
)
def test_the_course_of_a_loss(loss, went, said):
    gone = course(range(len(loss)), loss)
    assert gone.went is went
    assert said in course_words(gone)
    assert bool(said) == bool(course_words(gone))


def test_half_way_is_the_recorded_step_nearest_to_it():
    gone = course([0, 1, 10, 45, 100], [5, 4, 3, 2, 1])
    assert (gone.half_step, gone.half_way, gone.first, gone.last) == (45, 2, 5, 1)
    assert (gone.low, gone.high) == (1, 2)


def test_rises_are_counted_above_a_share_of_the_loss():
    loss = np.array([1.0, 1.0005, 0.5, 0.6, 0.6])
    assert rises(loss) == 2
    assert rises(loss, 0.001) == 1


def test_an_answer_near_a_half_is_undecided():
    assert undecided(np.array([0.0, 0.46, 0.5, 0.54, 0.56])).tolist() == [0, 1, 1, 1, 0]
