"""A network taken along answers elsewhere as it does here.

NumPy's lines are run. PyTorch's and Keras' are run where they are installed; everywhere they must
be, letter for letter, those that were run when `kept_network_code.json` was made, and printed then
what nn_core answers.
"""

import importlib.util
import json

import numpy as np
import pytest

from datasets.plane import FEATURES as PLANE_FEATURES, features
from nn_core import ACTIVATIONS, BinaryCrossEntropy, SoftmaxCrossEntropy, mlp
from recipes.network_code import (
    FEATURES,
    KERAS,
    SOFTMAX,
    TORCH,
    Layers,
    all_code,
    numpy_code,
)
from tests.recipes.kept_network_code import (
    FILE,
    KEPT,
    NETWORKS,
    points,
    printed,
    theta,
)

RUNS = json.loads(KEPT.read_text(encoding="utf-8"))["runs"]
NEAR = 0.0006  # three digits are printed
LIBRARIES = {"PyTorch": "torch", "Keras": "keras"}


def read(text):
    """The numbers that lines have printed, whatever their brackets."""
    return np.array(text.replace("[", " ").replace("]", " ").split(), float)


def answers(layers):
    """What nn_core's network of these layers answers to the points, as one row."""
    net = mlp(layers.sizes, list(layers.ends[:-1]), "zeros", 0)
    net.theta = theta(layers).astype(float)
    x = points(layers).astype(float)
    z = net.predict(features(x, layers.inputs) if layers.inputs else x)
    match layers.ends[-1]:
        case "sigmoid":
            z = BinaryCrossEntropy().output(z)
        case "softmax":
            z = SoftmaxCrossEntropy().output(z)
    return z.ravel()


def test_every_feature_and_every_activation_has_its_line():
    assert FEATURES.keys() == PLANE_FEATURES.keys()
    assert TORCH.keys() == KERAS.keys() <= {*ACTIVATIONS, SOFTMAX}
    assert {end for layers in NETWORKS.values() for end in layers.ends} == TORCH.keys()


def test_where_a_library_has_no_name_for_an_activation_its_lines_say_so_and_numpys_hold(
    monkeypatch, tmp_path
):
    monkeypatch.delitem(TORCH, "silu")
    monkeypatch.delitem(KERAS, "silu")
    layers = NETWORKS["silu"]
    code = all_code(FILE, layers)
    for library in LIBRARIES:
        assert "no name for silu in " + library in code[library]
        assert printed(code[library], layers, tmp_path) == ""  # a comment: nothing runs, or fails
    said = read(printed(code["NumPy"], layers, tmp_path))
    np.testing.assert_allclose(said, answers(layers), atol=NEAR)


@pytest.mark.parametrize("name", {**NETWORKS, **dict.fromkeys(ACTIVATIONS)})
def test_numpys_lines_print_what_the_network_answers(name, tmp_path):
    layers = NETWORKS.get(name) or Layers([2, 3, 1], [name, "sigmoid"], ("x₁", "x₂"))
    code = numpy_code(FILE, layers)
    imports = {line for line in code.splitlines() if line.startswith("import")}
    assert imports <= {"import numpy as np", "import math"}
    said = read(printed(code, layers, tmp_path))
    np.testing.assert_allclose(said, answers(layers), atol=NEAR)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_other_lines_are_those_that_were_run_and_printed_the_same(name, library):
    kept = RUNS[name][library]
    assert all_code(FILE, NETWORKS[name])[library] == kept["code"], (
        "the lines have changed: python -m tests.recipes.kept_network_code runs them anew"
    )
    np.testing.assert_allclose(read(kept["printed"]), answers(NETWORKS[name]), atol=NEAR)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_other_lines_print_the_same_where_they_can_run(library, tmp_path):
    if importlib.util.find_spec(LIBRARIES[library]) is None:
        pytest.skip(f"{library} is not installed; its run is kept in {KEPT.name}")
    for layers in NETWORKS.values():
        said = read(printed(all_code(FILE, layers)[library], layers, tmp_path))
        np.testing.assert_allclose(said, answers(layers), atol=NEAR)
