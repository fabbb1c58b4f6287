"""Where it puts them: every word by points that lie where a test has put them."""

import numpy as np
import pytest

import views.mnist.look
import views.mnist.space
from datasets.digits import TEN, Kind, Subject
from recipes.mnist import mnist_net
from runs.answers import Answers, Unseen
from runs.run import Run
from runs.space import Space
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.space import Settings, caption, maths, numbers, picture

T = np.array([4, 4, 9, 9, 1, 1])
FIRST = [(0, 0), (30, 0), (10, 0), (40, 0), (0, 9), (30, 9)]  # each nearest is another class
LATER = [(0, 0), (2, 0), (3, 0), (9, 0), (20, 20), (22, 20)]  # but for a four and a nine


@pytest.fixture
def put(monkeypatch):
    """A network that puts images just there, at step 0 and at its latest, 18."""

    def put(
        first=FIRST,
        latest=LATER,
        t=T,
        classes=TEN,
        lost=False,
        seen=(0.2, 0.375),
        drawn=None,
        **asked,
    ):
        places = np.array([first, latest], np.int16)
        shares = np.array([0.25, 0.125])
        key = f"{first}{latest}"
        found = Space(key, [0, 18], [0.0, 2.0], places, np.array(seen), shares, lost, drawn=drawn)
        said = Answers(t.astype(np.uint8), np.ones(len(t)), np.ones(len(t)), False)
        monkeypatch.setattr(views.mnist.look, "answers_of", lambda *of: said)
        monkeypatch.setattr(views.mnist.space, "net_at", lambda *of: mnist_net(SMALL, 64))
        monkeypatch.setattr(views.mnist.space, "space_of", lambda *of: found)
        run = Run(trained(18)._replace(digits=Subject(Kind.BUNDLED, "these", 8, classes)), "an-id")
        x = np.linspace(0, 1, len(t) * 64, dtype=np.float32).reshape(-1, 64)
        return numbers(Settings(**asked), run, Unseen(x, t, f"these {len(t)}"))

    return put


def test_it_counts_who_lies_by_their_own_now_and_before_training(put):
    said = caption(put())
    assert said == (
        "After 2 epochs it puts 6 test digits where the answers of its 5 hidden units say. "
        "**4 of 6** have one of their own class nearest in the picture; before training, "
        "seen along the same directions, it was 0. "
        "No two classes lie more upon each other than a four and a nine (**2 of 4** have one of "
        "the other nearest). "
        "The two directions keep **37.5%** of the spread; the rest is not seen."
    )


def test_another_moment_is_seen_along_the_directions_of_the_latest(put):
    now = put(moment=3)
    said = caption(now)
    assert picture(now).message["at"] == 0
    assert said.startswith("After 0 epochs (each weight rounded to one of 255 values a layer)")
    assert "**0 of 6** have one of their own class nearest in the picture." in said
    assert "before training" not in said
    assert "those of the latest moment, after 2 epochs, and keep 37.5% of the spread there" in said
    assert "**20.0%** here; the rest is not seen." in said


def test_points_that_hardly_have_room_are_said_to(put):
    narrow = [(k, 0) for k in range(6)]
    said = caption(put(first=narrow, latest=[(20 * x, 20 * y) for x, y in LATER], moment=0))
    assert "They all lie within 1% of its width." in said


def test_pairs_of_classes_that_are_as_mixed_are_all_named(put):
    said = caption(put(latest=[(0, 0), (30, 0), (1, 0), (60, 0), (31, 0), (61, 0)]))
    assert "Most upon each other lie a one and a four (**2 of 4** have" in said
    assert "a one and a nine" in said
    assert "a four and a nine" not in said  # the third of them
    assert "and 1 more pair." in said


def test_the_picture_has_all_moments_in_small_numbers(put):
    message = picture(put()).message
    assert (message["low"], message["high"]) == ([0, 0], [40, 20])
    assert message["own"] == [0, 2, 0, 0, 1, 0, 0, 0, 0, 1]
    assert message["counts"] == [0, 2, 0, 0, 2, 0, 0, 0, 0, 2]
    assert message["moments"] == [0, -1]
    assert message["shares"] == ["25.0%", "12.5%"]  # and the words have 37.5%
    assert message["marks"] == list(TEN)
    assert len(message["colours"]) == 10


def test_classes_of_long_names_are_marked_by_numbers_and_there_may_be_sixty_two(put):
    clothes = ("Shirt", "Bag")
    now = put(t=np.array([0, 1, 0, 1, 1, 0]), classes=clothes)
    assert picture(now).message["marks"] == ["0", "1"]
    assert "Shirt and Bag (**" in caption(now)
    many = tuple(f"letter {k}" for k in range(62))
    assert len(picture(put(t=T + 50, classes=many)).message["colours"]) == 62


def test_the_readers_drawing_is_among_them_and_named_as_such(put):
    drawn = np.array([[-50, 3], [8, 1]])
    now = put(drawn=drawn)
    assert "**Your drawing** lies nearest to a nine." in caption(now)
    message = picture(now).message
    assert message["drawn"] == [[-50, 3], [8, 1]]
    assert (message["low"], message["high"]) == ([-50, 0], [40, 20])
    assert sum(message["counts"]) == 6  # it is none of them
    assert "nearest to a four." in caption(put(drawn=drawn, moment=0))
    assert "Your drawing" not in caption(put())


def test_what_there_is_nothing_of_is_one_sentence(put):
    same = [(0, 0)] * 6
    spot = "Its hidden units answer the same to every image: all lie on one spot."
    assert caption(put(first=same, latest=same)) == spot
    assert caption(put(lost=True, moment=0)) == (
        "This network's latest numbers are no longer finite, so there are no directions in which "
        "to lay its answers out."
    )
    one = caption(put(first=FIRST[:1], latest=LATER[:1], t=T[:1]))
    assert one == "A single test digit has no neighbour to lie beside."
    none = caption(put(first=np.empty((0, 2)), latest=np.empty((0, 2)), t=T[:0]))
    assert none == "None of the digits it could be tried on are here."


def test_one_class_and_three_images_are_looked_at_like_any(put):
    said = caption(put(t=np.full(6, 3)))
    assert "All are of one class: 6 threes. The two directions" in said
    three = caption(put(first=FIRST[:3], latest=LATER[:3], t=T[:3]))
    assert "**1 of 3** have one of their own class nearest" in three


def test_a_layer_that_is_not_there_gets_a_sentence(put):
    said = caption(put(layer=2))
    assert said.startswith("This network has one hidden layer, no layer 2, so here is the last.")


def test_a_run_puts_its_own_images_and_the_maths_is_said():
    run, digits = Run(trained(18), "an-id"), small_digits()
    now = numbers(Settings(), run, Unseen(digits.x_test, digits.t_test, "noise"))
    assert caption(now).startswith("After 2 epochs it puts 10 test digits where the answers of")
    assert picture(now).message["epochs"][-1] == 2
    assert "eigenvectors" in " ".join(maths(now))
