"""A race's two sides: what is otherwise on the right, and what that makes of the left."""

from dataclasses import replace

import pytest

from recipes.boundaries import BoundariesSettings
from recipes.race import (
    ALLOWED,
    KNOBS,
    NAMES,
    RaceSettings,
    copied,
    parse_also,
    said,
    sides,
    swapped,
    value_of,
)

LEFT = BoundariesSettings()


def test_the_right_one_is_the_left_one_but_for_one_setting():
    left, right, differing = sides(RaceSettings(l2=0.1, knob="activation", other="relu"))
    assert left == replace(LEFT, l2=0.1)
    assert right == replace(left, activation="relu")
    assert differing == ["activation"]
    assert (said(left, differing), said(right, differing)) == ("activation tanh", "activation relu")


@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_offers_what_its_setting_allows_and_each_makes_a_race(knob):
    settings = RaceSettings(knob=knob)
    menu, usual = settings.options("other")
    assert usual in menu
    name = NAMES[knob]
    values = [value_of(name, written) for written in menu]
    assert all(ALLOWED[name].allows(value) for value in values)
    assert len(set(values)) == len(menu)
    for written in (menu[0], menu[-1]):
        settled, _ = RaceSettings(knob=knob, other=written).settled()
        assert set(sides(settled).differing) <= {name}


def test_the_points_are_never_a_knob():
    points = {"dataset", "noise", "points", "train", "data_seed", "own_points"}
    assert not points & set(NAMES.values())
    assert points | set(NAMES.values()) == ALLOWED.keys()
    with pytest.raises(ValueError, match="names no setting"):
        parse_also("noise 0.1")


def test_what_else_differs_is_written_with_semicolons():
    assert parse_also("hidden units 8; inputs x₁, x₁x₂;; layer by layer 8, 4 relu") == {
        "hidden": 8,
        "inputs": ("x₁", "x₁x₂"),
        "widths": "8, 4 relu",
    }
    for wrong, words in [
        ("hidden units 80", "“80” is no hidden units: expected a whole number from 1 to 16"),
        ("learning rate fast", "“fast” is no learning rate"),
        ("speed 3", "“speed 3” names no setting"),
        ("L1", "“” is no L1"),
        ("hidden units ８", "is no hidden units"),
    ]:
        with pytest.raises(ValueError, match=words):
            parse_also(wrong)


def test_more_than_one_difference_is_found():
    race = RaceSettings(knob="learning rate", other="0.1", also="L2 0.1; batch size 50")
    assert set(sides(race).differing) == {"lr", "l2", "batch"}
    assert sides(replace(race, also="batch size 10; learning rate 0.03")).differing == []


def test_a_slider_that_changes_nothing_is_no_difference():
    none = RaceSettings(layers=0, knob="activation", other="relu")
    assert sides(none).differing == []
    written = RaceSettings(widths="8 relu, 4 relu", knob="activation", other="sigmoid")
    assert sides(written).differing == []
    overruled = sides(RaceSettings(widths="8, 4", knob="hidden units", other="6"))
    assert overruled.right.hidden_layers() == [(6, "tanh"), (6, "tanh")]
    assert said(overruled.left, overruled.differing) == "layers 8-4"
    assert said(overruled.right, overruled.differing) == "layers 6-6"


RACES = [
    RaceSettings(),
    RaceSettings(knob="optimizer", other="adam", l1=0.1, dataset="spiral"),
    RaceSettings(knob="seed", other="399", also="L2 0.1; inputs x₁, x₂, x₁x₂"),
    RaceSettings(widths="8, 4", knob="hidden units", other="6"),
    RaceSettings(knob="hidden layers", other="0", also="epochs 10"),
]


@pytest.mark.parametrize("race", RACES)
def test_swapping_exchanges_both_and_twice_changes_nothing(race):
    before, after = sides(race), sides(swapped(race))
    assert after.left.hidden_layers() == before.right.hidden_layers()
    assert after.right.hidden_layers() == before.left.hidden_layers()
    for name in set(ALLOWED) - {"hidden", "layers", "widths"}:
        assert getattr(after.left, name) == getattr(before.right, name)
        assert getattr(after.right, name) == getattr(before.left, name)
    assert after.differing == before.differing
    again = sides(swapped(swapped(race)))
    assert again.left.hidden_layers() == before.left.hidden_layers()
    assert again.differing == before.differing


@pytest.mark.parametrize("race", RACES)
def test_a_copy_leaves_no_difference(race):
    left, right, differing = sides(copied(race))
    assert left == sides(race).left
    assert right == left
    assert differing == []


def test_what_is_no_value_of_the_knob_gives_way_with_a_sentence():
    settled, (sentence,) = RaceSettings(knob="activation", other="0.3").settled()
    assert settled.other in ALLOWED["activation"].values
    assert sentence.startswith("On the right “0.3” is no activation: expected one of identity")
    assert sentence.endswith(f"so it is {settled.other}.")


def test_what_does_not_fit_on_the_right_is_said():
    race = RaceSettings(dataset="slope", loss="squared_error", knob="loss", other="cross_entropy")
    settled, (sentence,) = race.settled()
    assert "asks for a number, not a class" in sentence
    assert sides(settled).right.loss == "squared_error"
