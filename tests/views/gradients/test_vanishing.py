"""Gradient norms against finite differences, each network's own training, and in words."""

from dataclasses import replace

import numpy as np
import pytest

import views.gradients.vanishing.norms
from kernels import train
from recipes.clouds import cloud_points
from views.gradients.vanishing import Numbers, Settings, caption, growing, numbers, picture
from views.gradients.vanishing.norms import (
    DEEPEST,
    AllDepths,
    OneDepth,
    Recipe,
    Side,
    all_depths,
    at_start,
    deep_network,
    one_depth,
    start_norms,
)
from views.gradients.vanishing.picture import logarithm

TANH = Recipe("tanh", "he_normal")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_entropy(p, t):
    return float(np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p)))


@pytest.mark.parametrize(("activation", "f"), [("sigmoid", sigmoid), ("tanh", np.tanh)])
def test_norms_are_lengths_of_gradients_found_by_trying(activation, f):
    net = deep_network(Recipe(activation, "glorot_uniform"), 3, 3, 5)
    x, t = cloud_points(64)
    weights = [(layer.W.copy(), layer.b.copy()) for layer in net.dense]

    def loss():
        a = x
        for i, (W, b) in enumerate(weights):
            z = a @ W + b
            a = f(z) if i < len(weights) - 1 else sigmoid(z)
        return cross_entropy(a, t)

    expected = []
    for pair in weights:
        squares = 0.0
        for array in pair:
            for at in np.ndindex(array.shape):
                old = array[at]
                array[at] = old + 1e-5
                above = loss()
                array[at] = old - 1e-5
                below = loss()
                array[at] = old
                squares += ((above - below) / 2e-5) ** 2
        expected.append(np.sqrt(squares))
    assert start_norms(Recipe(activation, "glorot_uniform"), 3, 3, 5) == pytest.approx(
        expected, rel=1e-5
    )


def test_the_map_has_a_row_for_every_depth_and_the_film_begins_on_it():
    norms = at_start(TANH, 4, 1)
    assert norms.shape == (30, 31)
    film = one_depth(TANH, 6, 4, 1, 0.1)
    np.testing.assert_array_equal(film.norms[0], norms[5, :7])
    assert np.isnan(norms[5, 7:]).all()
    assert film.steps[0] == 0
    assert film.steps[-1] == 200


def test_a_deep_sigmoid_network_vanishes_towards_the_input_and_he_relu_does_not():
    vanishing = start_norms(Recipe("sigmoid", "glorot_uniform"), 20, 16, 0)
    steady = start_norms(Recipe("relu", "he_normal"), 20, 16, 0)
    assert vanishing[0] < 1e-9 * vanishing[-1]
    assert 0.01 < steady[0] / steady[-1] < 100


def sides(**changes):
    settings = {"activation": "sigmoid", "init": "glorot_uniform", "depth": 4, "lr": 0.1} | changes
    recipe = Recipe(settings["activation"], settings["init"])
    film = one_depth(recipe, settings["depth"], 4, 0, settings["lr"])
    return Side(recipe, at_start(recipe, 4, 0), film)


def test_the_depth_figure_holds_maps_and_a_frame_for_each_recorded_step():
    one, other = sides(), sides(activation="tanh", init="he_normal")
    figure = picture(Numbers(4, (one, other)))
    np.testing.assert_array_equal(figure.data[0].customdata, one.start)
    drawn = np.asarray(figure.data[1].z, float)
    np.testing.assert_allclose(drawn, np.log10(other.start), rtol=1e-5)
    assert figure.data[0].zmax == figure.data[1].zmax
    film = figure.layout.meta["film"]
    np.testing.assert_array_equal(film["steps"], one.one.steps)
    moving = {track["trace"]: track["rows"] for track in film["moving"]}
    assert moving.keys() == {2, 3, 4, 5}
    np.testing.assert_allclose(moving[2]["y"], np.log10(one.one.norms), rtol=1e-5)
    for curve, row, side in ((2, 4, one), (3, 5, other)):  # the framed row plays with its curve
        assert list(figure.data[row].y) == [4]
        assert figure.data[row].xaxis == figure.data[row - 4].xaxis
        np.testing.assert_array_equal(moving[row]["z"][:, 0], moving[curve]["y"])
        np.testing.assert_array_equal(figure.data[row].x, np.arange(1, 6))
        np.testing.assert_allclose(figure.data[row].z[0], np.log10(side.start[3, :5]), rtol=1e-5)


def test_the_film_of_all_depths_shows_each_network_as_its_own_film_does():
    films = all_depths(TANH, 4, 0, 0.1)
    own = one_depth(TANH, 7, 4, 0, 0.1)
    for step, norms in zip(films.steps, films.norms, strict=True):
        np.testing.assert_array_equal(norms[6, :8], own.norms[own.steps.tolist().index(step)])
    one = sides(activation="tanh", init="he_normal")._replace(all=films)
    figure = picture(Numbers(4, (one, one)))
    film = figure.layout.meta["film"]
    np.testing.assert_array_equal(film["steps"], films.steps)
    moving = {track["trace"]: track["rows"] for track in film["moving"]}
    np.testing.assert_allclose(moving[0]["z"], np.log10(films.norms), rtol=1e-5)
    assert len(moving[2]["y"]) == len(films.steps)


def test_a_zero_start_and_a_huge_learning_rate_still_make_a_figure():
    nothing = sides(init="zeros", lr=1e9)
    figure = picture(Numbers(4, (nothing, nothing)))
    assert np.isnan(np.asarray(figure.data[2].y, float)).any()
    figure.to_json()


def test_the_logarithm_of_nothing_is_not_drawn():
    np.testing.assert_allclose(logarithm(np.array([100.0, 0.0])), [2, np.nan])


def side(norms, loss=(0.7, 0.1), diverged_at=None):
    film = OneDepth(np.array([0, 200]), np.array(norms), np.array(loss), diverged_at)
    return Side(Recipe("tanh", "normal"), np.array(norms), film)


def said(numbers, step, brief=False):
    """The words that are due at a step."""
    return [words for since, words in caption(numbers, brief) if since <= step][-1]


def test_the_depth_caption_says_both_ends_of_both_networks_at_every_step():
    shown = Numbers(1, (side([[1e-4, 0.4], [1, 1]]), side([[2.0, 1.0], [1, 4]])))
    before = said(shown, 0)
    named = "*tanh* (weights 1 wide: normal)"
    assert f"Before training, with 1 hidden layer of {named}, the first" in before
    assert "**one part in 4,000** of what the last one hears" in before
    assert "multiplies it by its slope and weights, on average by 0.00025" in before
    assert "hears **2 times** what the last one hears (on average times 2)." in before
    for brief in (False, True):
        after = said(shown, 200, brief)
        assert "After 200 steps, with 1 hidden layer of" in after
        assert "hears **as much** as the last one hears" in after
        assert "hears **25%** of what the last one hears" in after
        assert "one part in 4,000" not in after
    assert "loss 0.7 → 0.1" in said(shown, 200)


def test_a_silent_layer_and_a_divergence_are_said():
    shown = Numbers(1, (side([[0.0, 0.4], [1, 1]], diverged_at=7), side([[1.0, 1]] * 2)))
    assert "**nothing** of what the last one hears" in said(shown, 0)
    assert "1 of the 2 layers" in said(shown, 0)
    assert "diverged" not in said(shown, 0)
    assert "*diverged* at step 7" in said(shown, 200)


def test_a_sigmoids_average_above_a_quarter_is_no_contradiction():
    steep = side([[0.29**4, 1.0]] * 2)
    shown = Numbers(4, (steep._replace(recipe=Recipe("sigmoid", "glorot_uniform")), steep))
    assert "its slope (at most ¼) and weights, on average by 0.29" in said(shown, 0)


@pytest.mark.parametrize("brief", [False, True])
def test_a_network_that_hears_nothing_at_the_end_is_silent_and_not_called_even(brief):
    mute = side([[1e-12, 0.8], [1e-13, 1e-13]], loss=(1.06, 0.6927))
    shown = Numbers(20, (mute, side([[1.0, 1]] * 2)))
    assert "every layer is **silent** (gradients up to 1 × 10⁻¹³" in said(shown, 200, brief)
    assert "silent" not in said(shown, 0, brief)
    assert "loss 1.06 → 0.693" in said(shown, 200)


def test_the_numbers_beside_the_film_of_all_depths_are_those_of_its_end():
    one = side([[1.0, 1], [1, 1], [1, 1]], loss=(0.7, 0.4, 0.1))
    film = one.one._replace(steps=np.array([0, 94, 200]))
    reel = AllDepths(np.array([0, 94]), np.zeros((2, 30, 31)))
    whole = one._replace(one=film, all=reel)
    shown = caption(Numbers(1, (whole, whole)))
    assert [since for since, _ in shown] == [0, 94]
    assert "loss 0.7 → 0.4" in shown[-1].words


def test_a_start_of_zeros_says_why_nothing_is_heard():
    silent = side([[0.0, 0.4], [0.0, 0.4]])
    shown = Numbers(1, (silent._replace(recipe=Recipe("tanh", "zeros")), silent))
    assert "all its weights are 0, and 0 times anything is 0" in said(shown, 0)


SMALL = Settings(film="all depths", width=2, depth=3, activation="tanh", seed=5)


def test_the_film_of_all_depths_grows_network_by_network_and_ends_whole():
    told = []
    *before, whole = growing(SMALL, told.append)
    assert len(before) == 1 + 2 * DEEPEST
    assert all(shown is before[0] for shown in before)
    assert [side.all for side in before[0].sides] == [None, None]
    shares = [how_far.share for how_far in told]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    assert {how_far.doing for how_far in told} == {"Training 60 networks"}
    assert [how_far.done for how_far in told][::30] == [f"{n} of 60 networks" for n in (0, 30, 60)]
    for shown, side, recipe in zip(before[0].sides, whole.sides, SMALL.recipes(), strict=True):
        np.testing.assert_array_equal(side.start, shown.start)
        assert side.one is shown.one
        for depth in (1, 17, 30):
            own = one_depth(recipe, depth, 2, 5, 0.1)
            for step, norms in zip(side.all.steps, side.all.norms, strict=True):
                np.testing.assert_array_equal(norms[depth - 1, : depth + 1], own.at(step))
                assert np.isnan(norms[depth - 1, depth + 1 :]).all()


def test_what_was_given_up_half_way_is_gone_on_with_and_not_trained_twice(monkeypatch):
    trained = []

    def counted(trainer, steps):
        trained.append(trainer)
        train(trainer, steps)

    monkeypatch.setattr(views.gradients.vanishing.norms, "train", counted)
    settings = Settings(film="all depths", width=1, seed=93, depth=2)
    half = growing(settings, lambda how_far: None)
    for _ in range(31):  # the numbers without the film, then thirty networks
        next(half)
    *_, whole = growing(settings, lambda how_far: None)
    assert len(trained) == 2 + 60  # one depth a side, and all depths of both
    again = numbers(settings)
    assert len(trained) == 2 + 60
    for one, other in zip(whole.sides, again.sides, strict=True):
        np.testing.assert_array_equal(one.all.norms, other.all.norms)


def test_another_depth_needs_no_other_film():
    numbers(SMALL)
    (first, *_, last) = growing(replace(SMALL, depth=9), lambda how_far: None)
    assert first.depth == last.depth == 9
    for side, other in zip(last.sides, numbers(SMALL).sides, strict=True):
        np.testing.assert_array_equal(side.all.norms, other.all.norms)


def test_a_film_of_one_depth_is_there_at_once():
    told = []
    (only,) = growing(Settings(width=2, depth=3), told.append)
    assert [side.all for side in only.sides] == [None, None]
    assert [how_far.share for how_far in told] == [1]


def test_that_the_maps_stay_while_the_curves_play_stands_in_the_picture():
    def corner(shown):
        return [a.text for a in picture(shown).layout.annotations if "step 0" in a.text]

    one = side([[1.0] * 21, [1] * 21])
    still = Numbers(20, (one._replace(start=np.ones((30, 31))),) * 2)
    assert len(corner(still)) == 2
    reel = AllDepths(np.array([0, 94]), np.ones((2, 30, 31)))
    filmed = Numbers(20, (one._replace(all=reel, start=np.ones((30, 31))),) * 2)
    assert corner(filmed) == []
