"""What the talks claim is borne out by the numbers of their scenes."""

import numpy as np
import pytest

from nn_core import BinaryCrossEntropy, mlp
from recipes.boundaries import BoundariesSettings, boundaries_data
from recipes.lottery import LEARNED, LotterySettings
from runs.recording import Recording, recorded_run
from talks.built_in import FIRST, built_in_talk
from tests.films import unpacked
from tests.talks.links import settings_of
from ui.pages import PAGE_NAMES
from views.activations import curve
from views.boundaries import film as film_view, lottery
from views.gradients import rates, vanishing
from views.mnist.training.paper import readers
from views.neuron import many_steps, one_step

CHAIN_RULE, NOTES = "the_chain_rule_by_hand", "study_notes"


def says(title: str, *claims: str, talk: str = FIRST):
    """The scene of this title, which says all of these."""
    scenes = built_in_talk(talk, PAGE_NAMES).scenes
    (scene,) = (scene for scene in scenes if scene.title == title)
    said = " ".join(f"{scene.caption} {scene.notes}".split())
    assert [claim for claim in claims if claim not in said] == []
    return scene


def trained(settings):
    """What training came to, by the names of its history, and the network at the end."""
    film = unpacked(film_view.numbers(settings).film.message)
    return film["history"], film["steps"][-1], film["thetas"][-1]


def test_a_machine_that_learns_from_examples():
    says(
        "A machine that learns from examples",
        "about as often as a coin",
        "20,000 times",
        "Two corners are blue, the two others orange",
    )
    history, last, _ = trained(BoundariesSettings())
    assert 0.4 < history["accuracy"][0] < 0.6
    assert last == 20_000
    assert history["accuracy"][-1] == 1


def test_one_neuron_weighs_what_it_hears():
    scene = says(
        "One neuron weighs what it hears",
        "three ones come in",
        "0.713 in all",
        "0.671: it leans to yes, and yes is right",
    )
    settings = settings_of(scene, one_step.Settings)
    step, at = one_step.numbers(settings), settings.row - 1
    assert step.x[at].tolist() == [1, 1, 1]
    assert [round(float(a[at, 0]), 3) for a in (step.h, step.y)] == [0.713, 0.671]
    assert step.t[at, 0] == 1


def test_from_a_sum_to_a_decision():
    scene = says("From a sum to a decision", "A sum of 1 becomes 0.731", "0 becomes one half")
    settings = settings_of(scene, curve.Settings)
    assert (settings.function, settings.x) == ("sigmoid", 1.0)
    assert round(1 / (1 + np.exp(-1.0)), 3) == 0.731


def test_a_thousand_small_corrections():
    scene = says(
        "A thousand small corrections",
        "All four begin on the wrong side and end on the right one",
        "from 0.553 to 0.108",
    )
    run = many_steps.numbers(settings_of(scene, many_steps.Settings))
    assert (run.steps[-1], run.accuracy[0], run.accuracy[-1]) == (1000, 0, 1)
    assert [round(float(run.loss[at]), 3) for at in (0, -1)] == [0.553, 0.108]


def test_one_neuron_draws_one_straight_line():
    scene = says("One neuron draws one straight line", "it has 12 % of the points right")
    settings = settings_of(scene, BoundariesSettings)
    assert settings.hidden_layers() == []
    history, *_ = trained(settings)
    assert round(history["accuracy"][0], 2) == 0.12
    assert history["accuracy"][-1] == history["val_accuracy"][-1] == 1


def test_one_line_is_not_always_enough():
    scene = says("One line is not always enough", "For 6,000", "never has three of four")
    settings = settings_of(scene, BoundariesSettings)
    assert (settings.hidden_layers(), settings.dataset) == ([], "xor")
    history, last, _ = trained(settings)
    assert last == 6000
    assert np.max(history["accuracy"]) < 0.75


def test_a_few_neurons_together():
    scene = says("A few neurons together", "The first four draw a line each", "about half")
    settings = settings_of(scene, BoundariesSettings)
    assert [units for units, _ in settings.hidden_layers()] == [4, 4]
    history, *_ = trained(settings)
    assert 0.4 < history["accuracy"][0] < 0.6
    assert history["accuracy"][-1] == history["val_accuracy"][-1] == 1


def test_sometimes_it_gets_stuck():
    scene = says("Sometimes it gets stuck", "150,000", "two of the four answers are right")
    settings = settings_of(scene, BoundariesSettings)
    _, last, theta = trained(settings)
    net, data = mlp([2, 2, 1], "sigmoid"), boundaries_data(settings)
    net.theta = theta.astype(float)
    answers = BinaryCrossEntropy().output(net.predict(data.x_train)).ravel()
    off = np.sort(np.abs(answers - data.t_train.ravel()))
    assert last == 150_000
    assert off[1] < 0.01
    np.testing.assert_allclose(off[2:], 0.5, atol=0.01)


@pytest.mark.parametrize(
    ("title", "claim", "least", "most"),
    [
        ("Where it begins is a lottery", "about three of four learn it", 70, 80),
        ("One neuron more, and luck hardly matters", "nearly every start learns it", 95, 100),
    ],
)
def test_where_it_begins_is_a_lottery(title, claim, least, most):
    settings = settings_of(says(title, claim), LotterySettings)
    assert settings.starts == 100
    counts = dict(lottery.numbers(settings).counts)
    assert least <= counts[LEARNED] <= most
    if least == 70:
        stuck = sum(n for ending, n in counts.items() if "stuck" in ending.words)
        assert counts[LEARNED] + stuck == 100


def test_how_large_a_step():
    scene = says("How large a step?", "300 steps", "a hundredth of its step", "a hundred times")
    small, right, large = rates.numbers(settings_of(scene, rates.Settings)).loss.T
    assert small[0] == right[0] == large[0]
    assert small[-1] > 0.95 * small[0]
    assert right[-1] < 0.5 * right[0]
    assert large[-1] > large[0]


def test_learned_by_heart_is_not_understood():
    scene = says("Learned by heart is not understood", "not all of those it has never seen")
    history, *_ = trained(settings_of(scene, BoundariesSettings))
    assert history["accuracy"][-1] == 1
    assert history["val_accuracy"][-1] < 0.9


def test_your_turn_it_reads_what_you_write():
    says("Your turn: it reads what you write", "on the right the one of the scenes before")
    crooked, notes = readers(recorded_run(Recording.CROOKED))
    assert (crooked.name, notes.name) == ("Crooked digits", "Study notes")
    assert crooked.net.theta.size > notes.net.theta.size  # "a larger one"
    assert Recording.CROOKED.settings.crooked


def test_the_same_idea_reads_handwriting():
    says("The same idea reads handwriting", "784 grey values", "ten answers", "fifty neurons")
    run = recorded_run(Recording.STUDY_NOTES)
    sizes = [layer.W.shape for layer in run.net(run.look()).layers if hasattr(layer, "W")]
    assert sizes == [(784, 50), (50, 10)]


# The chain rule, by hand


def test_the_slopes_of_the_sigmoid():
    says("How steep is the sigmoid?", "0.731 · 0.269 = 0.197", "0.25", talk=CHAIN_RULE)
    y = 1 / (1 + np.exp(-1.0))
    assert [round(y, 3), round(1 - y, 3), round(y * (1 - y), 3)] == [0.731, 0.269, 0.197]


def test_there_and_back_again():
    says(
        "One neuron: there and back again",
        "the sum is 1.433, the answer 0.807, the squared error 0.652",
        "1.615 · 0.156 = 0.251",
        "Eleven steps",
        talk=CHAIN_RULE,
    )
    step = one_step.numbers(one_step.Settings())
    first = [step.h, step.y, (step.t - step.y) ** 2, step.dy, step.slope, step.dh]
    assert [round(float(a[0, 0]), 3) for a in first] == [1.433, 0.807, 0.652, 1.615, 0.156, 0.251]
    assert len(one_step.VIEW.picture(step).message()["samples"][0]) == 11


def test_where_the_slope_is_nearly_0():
    scene = says("Where the slope is nearly 0", "at the step of the slopes", talk=CHAIN_RULE)
    settings = settings_of(scene, one_step.Settings)
    step = one_step.numbers(settings)
    assert (np.abs(step.t - step.y) > 0.99).all()
    assert step.slope.max() < 0.01
    at = one_step.VIEW.picture(step).message()["samples"][0][settings.step - 1]
    assert "slope" in at["title"]


def test_the_slope_is_true_only_nearby():
    scene = says("The slope is true only nearby", "ten thousand times as long", talk=CHAIN_RULE)
    settings = settings_of(scene, one_step.Settings)
    assert settings.lr == 10_000 * one_step.Settings.lr
    far, near = one_step.numbers(settings), one_step.numbers(one_step.Settings())
    np.testing.assert_array_equal(far.dW, near.dW)
    assert near.new_mean < near.mean < far.new_mean


def test_many_small_factors():
    scene = says("Many small factors", "Twenty layers", "a million millions", talk=CHAIN_RULE)
    settings = settings_of(scene, vanishing.Settings)
    assert (settings.depth, settings.activation, settings.beside) == (20, "sigmoid", "relu")
    assert 0.25**20 < 1e-12


# The study notes' three networks


def test_one_neuron_with_all_its_arrays():
    says("One neuron, with all its arrays", "0.2726", "0.2719", talk=NOTES)
    step = one_step.numbers(one_step.Settings())
    assert [round(step.mean, 4), round(step.new_mean, 4)] == [0.2726, 0.2719]


def test_the_same_step_a_thousand_times():
    says(
        "The same step a thousand times",
        "0.5533 to 0.1082; before the last step it is 0.1084",
        "14, 341, 574 and 775",
        talk=NOTES,
    )
    run = many_steps.numbers(many_steps.Settings())
    losses = [round(float(run.loss[at]), 4) for at in (0, -2, -1)]
    assert (losses, run.steps[-2]) == ([0.5533, 0.1084, 0.1082], 999)
    assert [step for step, _, right in run.flips if right] == [14, 341, 574, 775]


def test_the_notes_xor_and_lottery_are_those_of_the_talk_for_everybody():
    for title, other in (
        ("XOR, “learned well”", "Sometimes it gets stuck"),
        ("Bad luck, not a bug", "Where it begins is a lottery"),
    ):
        assert says(title, talk=NOTES).settings == says(other).settings


def test_a_network_in_plain_numpy():
    says("784-50-10, in plain NumPy", "39,760 parameters", "50,000 batches of 100", talk=NOTES)
    run = recorded_run(Recording.STUDY_NOTES)
    assert run.net(run.look()).theta.size == 39_760
    assert (run.settings.batch, run.settings.optimizer) == (100, "sgd")
