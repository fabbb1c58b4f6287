import numpy as np
import pytest

from datasets.neuron import NEURON_TABLES, neuron_table
from recipes.neuron import NeuronSettings, contradiction, parse_weights, starting_theta

X, T = neuron_table("first input")


def test_the_tables_ask_what_their_names_say():
    for name, f in {
        "first input": lambda a, b: a,
        "XOR": np.logical_xor,
        "AND": np.logical_and,
        "OR": np.logical_or,
    }.items():
        x, t = neuron_table(name)
        np.testing.assert_array_equal(t[:, 0], f(x[:, 0], x[:, 1]).astype(float))
        assert (x[:, 2] == 1).all()
    np.testing.assert_array_equal(X, [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])


def test_the_study_notes_draw_anew_before_each_thing_they_try():
    first, fourth = (starting_theta(NeuronSettings(), draw) for draw in (1, 4))
    np.testing.assert_allclose(first, [0.47143516, -1.19097569, 1.43270697, 0], atol=5e-9)
    assert not np.isclose(first[:3], fourth[:3]).any()
    own = NeuronSettings(weights="1, 2, 3")
    np.testing.assert_array_equal(starting_theta(own, 1), [1, 2, 3, 0])
    np.testing.assert_array_equal(starting_theta(own, 4), [1, 2, 3, 0])


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
        NeuronSettings(weights=written)
