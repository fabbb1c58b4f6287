"""Units switched off: what the page says is what was counted, whatever the link asks for."""

import base64
from dataclasses import replace

import numpy as np
import pytest

import views.mnist.off
import views.mnist.units
from datasets.digits import TEN, Kind, Subject
from recipes.mnist import mnist_trainer
from recipes.switched_off import Needed
from runs.answers import Unseen
from runs.run import Run
from runs.saved import saved_run
from runs.switched_off import Tried
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.off import parse_off, write_off
from views.mnist.units import Settings, caption, numbers, picture, try_this

DEEP = replace(SMALL, layers=2)


def unseen(n=10, t=None):
    digits = small_digits()
    labels = digits.t_test[:n] if t is None else np.array(t)
    return Unseen(digits.x_test[:n], labels, f"noise {n} {t}")


def made(settings=SMALL, images=None, **asked):
    images = images or unseen()
    return numbers(Settings(**asked), Run(trained(18, settings), "an-id"), images)


@pytest.fixture
def counted(monkeypatch):
    """A network of 50 units that reads just this, whatever is off."""

    def counted(before, after, together, alone=None, **asked):
        order = np.arange(50)
        alone = together[0] - order if alone is None else alone
        found = Needed(100, together[0], alone, order, np.array(together))
        t = np.array([4] * 50 + [9] * 50)
        which = np.arange(100)
        said = {(): np.array(before), ((0, 2), (0, 16)): np.array(after)}
        monkeypatch.setattr(views.mnist.off, "read_without", lambda *given: (which, said[given[3]]))
        monkeypatch.setattr(views.mnist.units, "tried", lambda *given: Tried(which, found))
        x = np.resize(small_digits().x_test, (100, 64))
        run = Run(trained(1, replace(SMALL, hidden=50)), "an-id")
        return numbers(Settings(**asked), run, Unseen(x, t, "these"))

    return counted


RIGHT = [4] * 48 + [9] * 52
TOGETHER = [98] * 12 + [97] + [80] * 38


def test_the_list_says_how_many_the_network_could_do_without(counted):
    said = caption(counted(RIGHT, RIGHT, TOGETHER))
    assert "reads **98 of 100** test digits right with all its units on." in said
    assert (
        "Without **12 of its 50** units, those that cost least alone, it still reads "
        "**97.0%**; with all 98.0%." in said
    )
    none = caption(counted(RIGHT, RIGHT, [98] + [90] * 50))
    assert "one of its 50 units that costs least alone it reads **90.0%**; with all 98.0%." in none


def test_where_it_reads_more_without_some_they_cost_nothing(counted):
    now = counted(RIGHT, RIGHT, [11] * 5 + [13] * 7 + [9] * 39)
    said = caption(now)
    assert (
        "Without **11 of its 50** units, the first of the list, it reads **more**: **13.0%**"
        in said
    )
    assert "with all 11.0%." in said
    assert "cost" not in said
    assert "still" not in said
    suggested = try_this(Settings(), now)
    assert suggested.what == "*the first 11 of the list, off*"
    assert suggested.why == "it reads more, 13.0%."
    alone = np.array([13, *[11] * 49])
    said = caption(counted(RIGHT, RIGHT, [11, 13, 10, 10] + [9] * 47, alone=alone))
    assert "units, the first of the list, it still reads **10.0%**; with all 11.0%." in said


def test_what_is_off_and_what_that_costs_is_said_with_its_numbers(counted):
    now = counted(RIGHT, [4] * 30 + [9] * 70, TOGETHER, off="1.17,1.3")
    said = caption(now)
    assert said.startswith("Units **3 and 17** are off: they answer 0 to every image. It reads ")
    assert "It reads **80 of 100** test digits right, 18 fewer than with all on." in said
    assert (
        "Most is lost of 50 fours: it reads **30** right instead of 48, and takes 20 for a " in said
    )
    assert picture(now).message["asked"]["name"] == "Image 1, a four,"
    same = caption(counted(RIGHT, RIGHT, TOGETHER, off="1.3,1.17"))
    assert "right, as many as with all on." in same
    assert "Most is lost" not in same


def test_the_next_step_is_one_that_was_counted(counted):
    now = counted(RIGHT, RIGHT, TOGETHER)
    suggested = try_this(Settings(), now)
    assert suggested.settings.off == ",".join(f"1.{k}" for k in range(1, 13))
    assert suggested.why == "it still reads 97.0%."
    now = counted(RIGHT, RIGHT, TOGETHER, alone=98 - np.arange(50), off="1.3,1.17")
    suggested = try_this(Settings(off="1.3,1.17"), now)
    assert (suggested.settings.off, "none costs more, 49 of 100") == ("1.50", suggested.why[:26])


@pytest.mark.parametrize(
    ("text", "off"),
    [("", ()), ("1.3,1.17", ((0, 2), (0, 16))), ("2.1,1.2,2.1", ((0, 1), (1, 0)))],
)
def test_a_text_says_which_are_off_in_order_and_none_twice(text, off):
    assert parse_off(text) == off
    assert parse_off(write_off(off)) == off


@pytest.mark.parametrize("text", ["3", "1,2", "1.0", "1.3,", "0.4", "1.3;1.4", None, "1.3" * 9000])
def test_any_other_text_gets_a_sentence(text):
    with pytest.raises(ValueError, match=r"such as 1\.3,1\.17"):
        parse_off(text)


def test_units_and_layers_that_are_not_there_are_named():
    said = caption(made(off="1.2,1.99,2.1", layer=3))
    assert "This network has no unit 1.99 or 2.1, so nothing is switched off there." in said
    assert "This network has one hidden layer, no layer 3, so here is the last." in said
    assert "Unit **2** is off: it answers 0 to every image." in said


def test_the_drawing_has_the_units_in_order_their_weights_and_what_is_lost():
    now = made(replace(SMALL, hidden=20), off="1.2,1.5")
    message = picture(now).message
    assert message["written"] == "1.2,1.5"
    assert message["off"] == [[1, 2], [1, 5]]
    assert sorted(one["unit"] for one in message["units"]) == list(range(20))
    more = [one["more"] for one in message["units"]]
    assert more == sorted(more, reverse=True)
    tiles = np.frombuffer(base64.b64decode(message["tiles"]), np.int8).reshape(20, 64)
    W = trained(18, replace(SMALL, hidden=20)).theta[: 64 * 20].reshape(64, 20)
    mine = np.array([W[:, one["unit"]] for one in message["units"]])
    theirs = np.array([tiles[one["tile"]] for one in message["units"]], float)
    inside = np.abs(theirs) < 127
    step = mine[inside] @ theirs[inside] / (theirs[inside] @ theirs[inside])  # one for all units
    np.testing.assert_allclose(mine[inside], step * theirs[inside], atol=0.6 * step)
    assert np.sum(message["counts"]) == np.sum(message["before"]) == 10


def test_in_a_deep_network_any_layer_is_listed_and_units_of_all_can_be_off():
    now = made(DEEP, layer=1, off="1.2,2.3")
    assert picture(now).message["layer"] == 1
    assert picture(made(DEEP)).message["layer"] == 2
    assert "Units **2 of layer 1 and 3 of layer 2** are off" in caption(now)
    same = caption(made(DEEP, off="1.2,2.3,2.4,2.5"))
    assert "Units **2 of layer 1 and 3, 4 and 5 of layer 2** are off" in same
    all_on = caption(made(DEEP, layer=1))
    assert "of hidden layer 1's 5" in all_on or "the one of hidden layer 1" in all_on


def test_the_answer_to_a_drawing_follows():
    drawn = np.random.default_rng(5).random(64).astype(np.float32)
    now = made(images=unseen()._replace(drawn=drawn), off="1.1,1.2,1.3,1.4,1.5")
    assert picture(now).message["asked"]["name"] == "What you drew"
    assert "**5 of 5** units are off" in caption(now)


@pytest.mark.parametrize("n", [1, 3])
def test_of_few_images_and_of_one_class_it_says_what_there_is(n):
    now = made(images=unseen(n, [3] * n), off="1.1")
    assert f" of {n}** test digits right" in caption(now)
    assert picture(now).message["tried"] == n


def test_what_there_is_nothing_of_is_one_sentence():
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.inf)
    lost = numbers(Settings(off="1.2"), Run(saved, "lost"), unseen())
    assert caption(lost) == "This network's numbers are no longer finite: it reads nothing."
    assert try_this(Settings(), lost) is None
    none = made(images=Unseen(np.empty((0, 64), np.float32), np.empty(0, int), ""))
    assert caption(none) == "None of the digits it could be tried on are here."


def test_classes_are_called_by_their_names_and_large_images_are_read_like_any():
    digits = small_digits(side=64)
    classes = ("shirt & tie", "coat", *TEN[2:])
    subject = Subject(Kind.BROUGHT, "clothes", 64, classes)
    trainer = mnist_trainer(SMALL, digits._replace(kind=Kind.BROUGHT, classes=classes))
    saved = saved_run(SMALL, subject, trainer, ())
    t = np.array([0] * 5 + [1] * 5)
    now = numbers(
        Settings(off="1.1,1.2,1.3"), Run(saved, "id"), Unseen(digits.x_test, t, "clothes")
    )
    assert picture(now).message["asked"]["name"] == "Image 1, shirt & tie,"
    assert picture(now).message["side"] == 64
