import numpy as np
import pytest

from figures.judgement import ON_A_LANDSCAPE
from figures.landscape import what_the_star_is
from figures.words import number
from recipes.ground import Ground, Landscape, Path, ground, landscape
from recipes.judgement import Went
from recipes.rolling import Astray
from views.gradients.landscape import (
    Numbers,
    Settings,
    Verdict,
    at_the_end,
    caption,
    numbers,
    picture,
    verdict,
)

GROUND = Ground([2, 2, 1], "tanh", *[np.zeros(9)] * 3, 0.01, 0.35, None)
LAND = Landscape(*[np.zeros(2)] * 2, np.array([[0.002, 3.0]]), *[np.zeros(2)] * 3, True, 1.0)


def path(name, losses, diverged_at=None):
    return Path(name, np.zeros((2, 2)), np.array(losses), np.array([0.0, 2.5]), diverged_at)


@pytest.fixture(scope="module")
def here():
    return ground("sigmoid", 2, "three points", 0)


@pytest.mark.parametrize(
    ("loss", "outside", "diverged", "word"),
    [
        ([1, 0.99, 0.98], False, None, "crawls"),
        ([1, 0.5, 0.1], False, None, "glides"),
        ([0.7, 0.5, 0.35, 0.348, 0.347], False, None, "levels off"),  # half of ln 2: XOR's plateau
        ([0.7, 0.6, 0.5, 0.45, 0.4], False, None, "glides"),  # as wrong, but still falling
        ([1, 0.5, 0.1], True, None, "glides"),  # out of the picture, but downhill
        ([1, 0.2, 0.8, 0.1], False, None, "bounces"),
        ([1, 0.5, 3.0], False, None, "overshoots"),
        ([1, 0.5, 3.0], True, None, "flies out"),
        ([1, 0.5], False, 2, "flies out"),
    ],
)
def test_a_word_for_a_path_follows_from_its_numbers(here, loss, outside, diverged, word):
    land = landscape(here)
    at = np.tile(land.start, (len(loss), 1))
    if outside:
        at[-1] = 1e9
    path = Path("p", at, np.array(loss, float), np.zeros(len(loss)), diverged)
    assert ON_A_LANDSCAPE[verdict(path, land).went] == word


def test_the_landscape_caption_says_the_word_the_losses_and_how_far_the_picture_is_off():
    how = Verdict(Went.BOUNCED, 0.7, 0.2, 40, 100, None, 2.5, 12.0, None)
    said = at_the_end(
        Numbers(10.0, "contours", GROUND, LAND, path("p", [0.7, 0.2]), None, how), False
    )
    assert "With learning rate **10** it *bounces*" in said
    assert "from 0.7 to **0.2** in 100 steps, up instead of down in 40" in said
    assert "2 of this network's 9 directions; the path is up to **2.5** off it (12 wide)" in said


@pytest.mark.parametrize("brief", [False, True])
def test_a_map_that_misleads_says_so_first(brief):
    found = Astray(923, 0.967, 0.153, Astray(30, 0.5, 0.2))
    how = Verdict(Went.LEARNED, 0.7, 0.2, 0, 1000, None, 2.5, 12.0, found)
    shown = Numbers(1.0, "contours", GROUND, LAND, path("p", [0.7, 0.2]), None, how)
    begins = "**The map misleads here**: training is not on its plane. At step"
    assert at_the_end(shown, brief).startswith(
        f"{begins} 923 the map shows a loss of 0.967, the true"
    )
    said = {since: words for since, words in caption(shown, brief)}
    assert [*said] == [0, 1, 30, 923, 1000]
    assert not any("misleads" in said[since] for since in (0, 1))
    assert said[30].startswith(f"{begins} 30 the map shows a loss of 0.5, the true one is **0.2**")
    assert said[923].startswith(f"{begins} 923")


def test_a_start_on_the_map_is_where_the_path_and_its_mark_begin():
    shown = numbers(Settings(begin="7.5, −2", steps=100))
    np.testing.assert_allclose(shown.path.at[0], [7.5, -2])
    np.testing.assert_allclose(shown.land.start, [7.5, -2])
    assert shown.path.distance[0] < 1e-9
    usual = numbers(Settings(steps=100))
    np.testing.assert_array_equal(shown.land.loss, usual.land.loss)  # of the same map


def test_an_arrow_is_on_the_map_and_the_ball_is_where_the_path_ends():
    shown = numbers(Settings(steps=300))
    traces = {trace.name: trace for trace in picture(shown).data}
    end = shown.path.at[-1]
    np.testing.assert_allclose([traces["ball"].x[0], traces["ball"].y[0]], end)
    reach = {name: np.array([traces[name].x[1], traces[name].y[1]]) - end
             for name in ("gradient", "training")}  # fmt: skip
    np.testing.assert_allclose(reach["gradient"], -reach["training"])
    step = shown.path.at[-1] - shown.path.at[-2]  # the last one, nearly along the next
    cosine = step @ reach["training"] / np.linalg.norm(step) / np.linalg.norm(reach["training"])
    assert cosine > 0.99


def test_large_learning_rates_are_written_out():
    how = Verdict(Went.FLEW_OUT, 0.7, 9.0, 40, 100, 3, 2.5, 12.0, None)
    said = at_the_end(
        Numbers(1e9, "contours", GROUND, LAND, path("p", [0.7, 9.0]), None, how), False
    )
    assert "learning rate **1 × 10⁹**" in said
    assert "e+" not in said


def test_the_settings_learning_rate_steps_and_plane_are_those_of_the_path():
    shown = numbers(Settings(lr=0.3, steps=100, plane="random directions", seed=3))
    assert len(shown.path.loss) == 101
    assert not shown.land.true
    assert shown.how._replace(astray=None) == verdict(shown.path, shown.land)
    np.testing.assert_array_equal(
        shown.ground.start, ground("sigmoid", 2, "random directions", 3).start
    )


def words_at(said, step):
    return [words for since, words in said if since <= step][-1]


def test_the_caption_says_at_every_step_what_is_true_there_and_the_end_at_the_end_alone():
    """Each claim is looked up in the losses by itself."""
    for changed in ({}, {"lr": 100.0}, {"lr": 0.01}, {"activation": "tanh", "seed": 2}):
        shown = numbers(Settings(**changed))
        said, loss = caption(shown), shown.path.loss
        for step in (0, 1, 2, 50, 500, 999, len(loss) - 1):
            words, seen = words_at(said, step), loss[: step + 1]
            if "came below a tenth" in words:
                assert seen.min() < loss[0] / 10
            elif "came below half" in words:
                assert loss[0] / 10 <= seen.min() < loss[0] / 2
            assert ("Before the first step" in words) == (step == 0)
            ended = step == len(loss) - 1
            assert (f"to **{number(loss[-1])}** in" in words) == ended
            if "left the picture" in words:
                assert not shown.land.holds(shown.path.at[: step + 1]).all()


@pytest.mark.parametrize(("lowest", "lower"), [(0.002, True), (0.02, False)])
def test_why_the_star_is_not_where_the_map_is_lowest_is_said(lowest, lower):
    land = LAND._replace(loss=np.array([[lowest, 3.0]]))
    said = what_the_star_is(GROUND, land)
    assert "ended, at loss 0.01" in said
    assert ("goes lower, to 0.002" in said) == lower
    assert what_the_star_is(GROUND._replace(solution_loss=0.5), land) == ""
