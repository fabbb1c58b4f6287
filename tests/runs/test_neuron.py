import numpy as np
import pytest
from runs.neuron import contradiction, many_steps, one_step, starting_theta

from datasets.neuron import NEURON_TABLES, neuron_table
from runs.neuron_config import WALK_STEPS, NeuronConfig, parse_weights
from runs.neuron_presets import NEURON_PRESETS

X, T = neuron_table("notebook A")


def assert_prints(array, printed, decimals=8):
    np.testing.assert_allclose(np.ravel(array), printed, rtol=0, atol=0.501 * 10.0**-decimals)


def sigma(h):
    return 1 / (1 + np.exp(-h))


def test_the_tables_ask_what_their_names_say():
    for name, f in {
        "notebook A": lambda a, b: a,
        "XOR": np.logical_xor,
        "AND": np.logical_and,
        "OR": np.logical_or,
    }.items():
        x, t = neuron_table(name)
        np.testing.assert_array_equal(t[:, 0], f(x[:, 0], x[:, 1]).astype(float))
        assert (x[:, 2] == 1).all()
    np.testing.assert_array_equal(X, [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])


def test_one_step_is_the_notebooks():
    step = one_step(X, T, starting_theta(NeuronConfig()), 0.01)
    assert_prints(step.W, [0.47143516, -1.19097569, 1.43270697])
    assert_prints(step.h, [1.43270697, 0.71316644, 1.90414213, 0.24173127])
    assert_prints(step.y, [0.80732274, 0.67110045, 0.87035962, 0.56014025])
    assert_prints(step.squared, [0.65177001, 0.10817491, 0.01680663, 0.3137571])
    assert_prints(step.dy, [1.61464548, -0.6577991, -0.25928077, 1.1202805])
    assert_prints(step.slope, [0.15555273, 0.22072464, 0.11283376, 0.24638315])
    assert_prints(step.dh, [0.25116252, -0.14519247, -0.02925562, 0.27601824])
    assert_prints(step.dW, [-0.17444809, 0.13082577, 0.35273266])
    assert_prints(step.new_W, [0.47317964, -1.19228395, 1.42917964])
    assert_prints([*step.db, *step.new_b], [0.35273266, -0.00352733])
    assert str(step.mean) == "0.27262716361994604"
    assert step.accuracy == 0.5


def test_after_the_step_the_same_samples_meet_the_new_weights():
    step = one_step(X, T, starting_theta(NeuronConfig()), 0.01)
    h = X @ [0.47317964, -1.19228395, 1.42917964] - 0.00352733  # as the notebook printed them
    np.testing.assert_allclose(step.new_h[:, 0], h, atol=2e-8)
    np.testing.assert_allclose(step.new_y[:, 0], sigma(h), atol=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_every_gradient_agrees_with_its_finite_difference(seed):
    rng = np.random.default_rng(seed)
    x, t = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1))
    step = one_step(x, t, rng.normal(size=4), 0.1)
    np.testing.assert_allclose(step.numerical_dy, step.dy, atol=1e-9)
    np.testing.assert_allclose(step.numerical_slope, step.slope, atol=1e-9)
    np.testing.assert_allclose(step.numerical_dh, step.dh, atol=1e-9)
    np.testing.assert_allclose(step.numerical, [*step.dW[:, 0], *step.db], atol=1e-8)


def test_a_thousand_steps_are_the_notebooks():
    config = NeuronConfig(view="many steps")
    run = many_steps(X, T, starting_theta(config), config.lr, config.steps)
    assert [(step, right) for step, _, right in run.flips] == [
        (14, True),
        (341, True),
        (574, True),
        (775, True),
    ]
    assert run.loss[0] == pytest.approx(0.5532968595697426, rel=1e-13)
    assert run.loss[999] == pytest.approx(0.10835635687797315, rel=1e-13)
    assert_prints(run.outputs[-1], [0.31499, 0.72324, 0.66336, 0.37881], decimals=5)
    assert (run.accuracy[0], run.accuracy[-1]) == (0, 1)


def test_what_rests_on_a_half_does_not_flip_by_rounding():
    x, t = neuron_table("XOR")
    run = many_steps(x, t, starting_theta(NeuronConfig(view="many steps")), 1.0, 1000)
    assert np.ptp(run.outputs[300:]) < 1e-12  # one neuron ends at ½ for every sample of XOR
    assert all(step < 100 for step, _, _ in run.flips)


def test_many_steps_are_gradient_descent_restated():
    rng = np.random.default_rng(0)
    x, t, theta = rng.normal(size=(6, 3)), rng.uniform(size=(6, 1)), rng.normal(size=4)
    run = many_steps(x, t, theta, 0.3, 50)
    W, b = theta[:3, None].copy(), theta[3]
    for step in range(51):
        y = sigma(x @ W + b)
        np.testing.assert_allclose(run.outputs[step], y[:, 0], rtol=1e-10)
        d = -2 * (t - y) * y * (1 - y)
        W, b = W - 0.3 * x.T @ d, b - 0.3 * d.sum()


@pytest.mark.parametrize("lr", [0.001, 100.0])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_the_wildest_numbers_give_numbers_and_no_warning(lr, size):
    x, t = size * np.array([[1.0, -1, 1], [0, 1, 1]]), np.array([[1.0], [0.0]])
    theta = np.array([1e6, -1e6, 1e6, 1e6])
    step = one_step(x, t, theta, lr)
    assert all(np.isfinite(np.asarray(part)).all() for part in step)
    assert np.isfinite(many_steps(x, t, theta, lr, 100).outputs).all()


@pytest.mark.parametrize("name", NEURON_TABLES)
def test_only_xor_is_beyond_one_neuron(name):
    found = contradiction(*neuron_table(name))
    assert (found is not None) == (name == "XOR")


def test_a_contradiction_is_two_pairs_of_other_classes_with_the_same_inputs():
    x, t = neuron_table("XOR")
    (a, b), (c, d) = contradiction(x, t)
    np.testing.assert_array_equal(x[a] + x[b], x[c] + x[d])
    assert t[a] == t[b] == 1
    assert t[c] == t[d] == 0
    same = np.array([[1.0, 2, 3], [1, 2, 3]])
    assert contradiction(same, np.array([[1.0], [0.0]])) == ((0, 0), (1, 1))


@pytest.mark.parametrize(
    ("written", "weights"),
    [
        ("", []),
        ("0.5, -1, 2", [0.5, -1, 2, 0]),
        ("0.5 −1 2; 3", [0.5, -1, 2, 3]),
        ("1e6,0,0,-1e6", [1e6, 0, 0, -1e6]),
    ],
)
def test_weights_are_read_as_a_reader_writes_them(written, weights):
    assert parse_weights(written) == weights


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("abc", "abc"),
        ("1e400, 0, 0", "1e400"),
        ("nan, 0, 0", "nan"),
        ("1, 2", "2 numbers"),
        ("1, 2, 3, 4, 5", "5 numbers"),
        ("1e7, 0, 0", "1e7"),
        ("9" * 5000, "9999"),
    ],
)
def test_what_cannot_be_a_weight_is_named_in_a_sentence(written, named):
    with pytest.raises(ValueError, match="expected") as error:
        parse_weights(written)
    assert named in str(error.value)
    assert len(str(error.value)) < 200
    with pytest.raises(ValueError, match=r"^weights: expected"):
        NeuronConfig(weights=written)


def test_presets_are_settings_of_the_page_and_open_at_a_step_it_has():
    assert NEURON_PRESETS["Notebook A"].config == NeuronConfig()
    assert all(preset.config.step <= WALK_STEPS for preset in NEURON_PRESETS.values())
