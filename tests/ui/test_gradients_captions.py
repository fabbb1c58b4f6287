import numpy as np
import pytest

from figures.batches import SIZES, BatchNoise
from figures.depth import DepthFilm, DepthMap, MapFilm, Side
from figures.landscape import Path, Verdict
from figures.rates import RateCurves
from runs.gradients import Ground, one_pass, three_rates
from runs.gradients_config import (
    BatchesConfig,
    DrawnConfig,
    LandscapeConfig,
    RaceConfig,
    RatesConfig,
)
from ui.gradients_captions import (
    backprop_caption,
    batches_caption,
    depth_caption,
    heard,
    landscape_caption,
    race_caption,
    rates_caption,
)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1.0, 4000.0, "1/4,000 of what"),
        (1.0, 3.726, "1/3.73 of what"),
        (2.0, 4_123_456.0, "1/2,100,000 of what"),
        (1e-20, 2.0, "1/(2 × 10²⁰) of what"),
        (30.0, 2.0, "15 times what"),
        (1.0, 1.0, "1 times what"),
        (0.0, 1.0, "nothing of what"),
    ],
)
def test_what_the_first_layer_hears_is_a_share_of_what_the_last_one_does(first, last, said):
    assert heard(first, last) == said


def side(norms, loss=(0.7, 0.1), diverged_at=None):
    film = DepthFilm(
        "tanh, normal", np.array([0, 200]), np.array(norms), np.array(loss), diverged_at
    )
    return Side(DepthMap("tanh, normal", np.array(norms)), film)


def test_the_depth_caption_says_both_ends_of_both_networks():
    said = depth_caption((side([[1e-4, 0.4], [1, 1]]), side([[2.0, 1.0], [1, 1]])), 1)
    assert "With 1 hidden layer of *tanh* (normal weights)" in said
    assert "**1/4,000 of what** the last one hears" in said
    assert "multiplies it by its slope and weights, on average by 0.00025" in said
    assert "**2 times what** it hears, by 2." in said
    assert "loss 0.7 → 0.1" in said


def test_a_silent_layer_and_a_divergence_are_said():
    said = depth_caption((side([[0.0, 0.4], [1, 1]], diverged_at=7), side([[1.0, 1]] * 2)), 1)
    assert "**nothing of what** the last one hears" in said
    assert "1 of the 2 layers" in said
    assert "*diverged* at step 7" in said


GROUND = Ground([2, 2, 1], "tanh", *[np.zeros(9)] * 3, 0.01, 0.35, None)


def path(name, losses, diverged_at=None):
    return Path(name, np.zeros((2, 2)), np.array(losses), np.array([0.0, 2.5]), diverged_at)


def test_the_landscape_caption_says_the_word_the_losses_and_how_far_the_picture_is_off():
    how = Verdict("bounces", 0.7, 0.2, 40, 100, None, 3.0, 2.5, 12.0)
    said = landscape_caption(LandscapeConfig(lr=10.0), GROUND, path("p", [0.7, 0.2]), how)
    assert "With learning rate **10** it *bounces*" in said
    assert "from 0.7 to **0.2** in 100 steps, up instead of down in 40" in said
    assert "2 of this network's 9 directions; in the others the path is up to **2.5** away" in said
    assert "it is 12 wide" in said


def test_large_learning_rates_are_written_out():
    how = Verdict("flies out", 0.7, 9.0, 40, 100, 3, 3.0, 2.5, 12.0)
    said = landscape_caption(LandscapeConfig(lr=1e9), GROUND, path("p", [0.7, 9.0]), how)
    assert "learning rate **1 × 10⁹**" in said
    assert "e+" not in said
    assert "**learning rate 3 × 10⁹**" in rates_caption(
        RateCurves(np.array([3e9]), np.array([[0.7], [0.1]]))
    )


def test_a_sigmoids_average_above_a_quarter_is_no_contradiction():
    steep = side([[0.29**4, 1.0]] * 2)
    film = steep.film._replace(name="sigmoid, glorot_uniform")
    said = depth_caption((steep._replace(film=film), steep), 4)
    assert "its slope (at most ¼) and weights, on average by 0.29" in said


def test_a_network_that_hears_nothing_at_the_end_says_why():
    mute = side([[1e-12, 0.8], [1e-13, 1e-13]], loss=(1.06, 0.6927))
    said = depth_caption((mute, side([[1.0, 1]] * 2)), 20)
    assert "loss 1.06 → 0.693 (*plateau*: every answer ½" in said
    assert "plateau" not in depth_caption((side([[1.0, 1]] * 2), side([[1.0, 1]] * 2)), 20)


def test_the_numbers_beside_the_film_of_all_depths_are_those_of_its_end():
    one = side([[1.0, 1], [1, 1], [1, 1]], loss=(0.7, 0.4, 0.1))
    film = one.film._replace(steps=np.array([0, 94, 200]))
    reel = MapFilm(np.array([0, 94]), np.zeros((2, 30, 31)))
    whole = one._replace(film=film, map_film=reel)
    said = depth_caption((whole, whole), 1)
    assert "94 steps: loss 0.7 → 0.4" in said
    assert "200" not in said


def test_a_start_of_zeros_says_why_nothing_is_heard():
    silent = side([[0.0, 0.4], [0.0, 0.4]])
    film = silent.film._replace(name="tanh, zeros")
    said = depth_caption((silent._replace(film=film), silent), 1)
    assert "all its weights are 0, and 0 times anything is 0" in said


def test_a_search_that_found_no_solution_says_so():
    poor = GROUND._replace(solution_loss=0.69, stuck_loss=0.1)
    said = race_caption(RaceConfig(), poor, [path("sgd", [0.7, 0.2])], 9.0)
    assert "None of 32 runs solved XOR" in said
    assert "None of 32 runs got stuck" in said


def test_the_race_names_the_lowest_loss_first_and_who_diverged():
    paths = [path("sgd", [1, 0.5]), path("adam", [1, 0.1]), path("rmsprop", [1, 1], 3)]
    said = race_caption(RaceConfig(), GROUND, paths, 9.0)
    assert "adam **0.1** and sgd **0.5**. rmsprop diverged." in said


def rates_said(*losses):
    """The caption's half sentence on each of these curves, smallest learning rate first."""
    rates = np.array([0.01, 1, 100])[: len(losses)]
    said = rates_caption(RateCurves(rates, np.array(losses, float).T))
    return said.removesuffix(".").split(": ", 1)[1].split("; ")


def test_each_rate_is_judged_by_its_own_curve():
    down, flat = np.linspace(0.7, 0.1, 11), np.linspace(0.7, 0.69, 11)
    up = np.where(np.arange(11) % 2, 2.0, 0.9)
    small, right, large = rates_said(flat, down, up)
    assert small.startswith("**learning rate 0.01** is *too small*")
    assert right == "**learning rate 1** *learns*: loss 0.7 to **0.1**"
    assert large.startswith("**learning rate 100** *bounces*")
    (worse,) = rates_said([0.7, 0.6, 9.0])
    assert "is *too large*" in worse
    assert "more wrong than at the start" in worse
    (lost,) = rates_said(np.where(np.arange(11) > 4, np.nan, 0.7))
    assert "*diverged*" in lost


def test_a_curve_that_jumps_up_first_is_never_called_too_small():
    jumps = [0.692, 2.31, 1.1, 0.8, 0.6, *np.linspace(0.55, 0.373, 40)]  # as rate 9, sigmoid, does
    (said,) = rates_said(jumps)
    assert "is *too large* at first: up to 2.31 at step 1, then down to **0.373**" in said


def test_a_rate_is_only_too_small_if_a_larger_one_came_further():
    slow, flat = np.linspace(0.7, 0.6, 11), [0.9, *[0.683] * 10]
    assert "*slow*" in rates_said(slow)[0]
    assert "*levels off*" in rates_said(flat)[0]
    assert "*levels off*" in rates_said(flat, np.full(11, np.nan))[0]
    assert "*too small*" in rates_said(slow, np.linspace(0.7, 0.1, 11))[0]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "step"])
@pytest.mark.parametrize("rate", [1e-4, 0.03, 3.0, 1e9])
@pytest.mark.parametrize("apart", [3, 100])
def test_no_rate_of_the_page_is_judged_against_what_its_curve_shows(activation, rate, apart):
    rates, losses = three_rates(RatesConfig(rate=rate, apart=apart, activation=activation, seed=1))
    said = rates_caption(RateCurves(rates, losses)).split("; ")
    for i, (words, loss) in enumerate(zip(said, losses.T, strict=True)):
        if "too small" in words or "slow" in words or "levels off" in words:
            assert loss.max() <= 1.001 * loss[0]
            assert loss[-1] <= 1.001 * loss[0]
        if "too small" in words:
            assert np.nanmin(losses[-1, i + 1 :]) < loss[-1]
        if "too large" in words:
            assert loss.max() > loss[0]
        assert ("diverged" in words) == (not np.isfinite(loss).all())


def noise(full, angle):
    shape = (len(SIZES), 4)
    return BatchNoise(
        np.array(SIZES), np.full(shape, angle), np.full(shape, 2.0), np.ones(shape), full, 200
    )


def test_the_batch_caption_says_angle_and_length():
    said = batches_caption(BatchesConfig(batch=10), noise(0.3, 100.0))
    assert "a batch of **10** is **100°** off that of all 200 points and **2** times" in said
    assert "4 of 4 such batches point uphill, more than 90° off" in said


def test_a_batch_of_everything_is_no_sample():
    said = batches_caption(BatchesConfig(batch=200), noise(0.3, 0.0))
    assert said.startswith("A batch of **all 200** points is no sample")
    assert "batches" not in said


def test_a_gradient_of_zero_is_a_sentence():
    assert "exactly 0" in batches_caption(BatchesConfig(), noise(0.0, np.nan))
    assert "no angle" in batches_caption(BatchesConfig(), noise(0.3, np.nan))


def test_the_drawn_networks_caption_says_answer_loss_and_locks():
    said = backprop_caption(one_pass(DrawnConfig(layers=1, units=2, start="notebook_c")))
    assert "The answer is **0.679** where 1 is right: loss (how wrong it is) **0.387**" in said
    locked = backprop_caption(one_pass(DrawnConfig(units=4, sample="600, −600 → 0")))
    assert "**4** of 8 hidden units are saturated (locked)" in locked
