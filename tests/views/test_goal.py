"""What a goal asks for, how a link spells it, and when it is reached."""

import pytest

from views.goal import Goal, Measured, goal_text, in_words, is_reached, judged, read_goal

GOALS = [
    (Goal(right=100), "right100", "all points right"),
    (Goal(loss=0.1), "loss0.1", "a loss under 0.1"),
    (Goal(units=3), "units3", "at most 3 hidden units in all"),
    (Goal(units=1), "units1", "at most 1 hidden unit"),
    (Goal(0.5, 95, 4), "loss0.5-right95-units4", None),
    (
        Goal(right=100, units=3),
        "right100-units3",
        "all points right, with at most 3 hidden units in all",
    ),
]


@pytest.mark.parametrize(("goal", "text", "words"), GOALS)
def test_a_link_has_what_is_asked_for_and_says_it_again(goal, text, words):
    assert goal_text(goal) == text
    assert read_goal(text) == goal
    assert words in (None, in_words(goal))


def test_nothing_asked_for_says_nothing():
    assert goal_text(Goal()) == in_words(Goal()) == ""


@pytest.mark.parametrize(
    "text",
    ["", "abc", "loss", "loss-1", "right101", "units2.5", "loss0", "right9-right8", "loss1e9"],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match="expected loss, right and units"):
        read_goal(text)


SEEN = Measured(loss=0.05, share=243 / 250, of=250, units=8)


@pytest.mark.parametrize(
    ("text", "found", "says"),
    [
        ("right100", SEEN, "7 of 250 points are wrong."),
        ("right100", SEEN._replace(share=249 / 250), "1 of 250 points is wrong."),
        ("loss0.05", SEEN, "The loss is 0.05."),
        ("loss0.05", SEEN._replace(loss=0.0500001), "The loss is 0.0500001."),
        ("units7", SEEN, "It has 8 hidden units in all."),
        ("right100-units7", SEEN, "7 of 250 points are wrong and it has 8 hidden units in all."),
        ("right95-units7", SEEN, "It has 8 hidden units in all."),
        ("right95", Measured(share=0.9499), "94.99% of the points are right."),
        ("right50", Measured(), "What is right cannot be told here."),
        ("units5", Measured(), "The number of units cannot be told here."),
        ("loss1", Measured(diverged=True), "Training *diverged*"),
    ],
)
def test_what_is_not_reached_says_what_is_missing(text, found, says):
    goal = read_goal(text)
    assert not is_reached(goal, found)
    assert judged(goal, found).startswith(says)


@pytest.mark.parametrize(
    ("text", "found", "says"),
    [
        (
            "right100",
            SEEN._replace(share=1.0),
            "All 250 points are right.",
        ),
        ("right97", SEEN, "243 of 250 points are right."),
        (
            "loss0.1",
            SEEN._replace(loss=0.09999),
            "The loss is 0.09999.",
        ),
        (
            "right29",
            SEEN._replace(share=29 / 100, of=100, units=None),
            "29 of 100 points are right.",
        ),
    ],
)
def test_what_is_reached_says_by_how_much(text, found, says):
    goal = read_goal(text)
    assert is_reached(goal, found)
    assert judged(goal, found) == says
