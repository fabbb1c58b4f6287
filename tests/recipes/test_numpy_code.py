"""The code that a page shows is run, and must say what nn_core says."""

import numpy as np
import pytest

from nn_core import ACTIVATIONS, SoftmaxCrossEntropy
from recipes.mnist import MnistSettings, mnist_net
from recipes.numpy_code import run_code


def imports(code):
    return {line for line in code.splitlines() if line.startswith("import")}


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_that_runs_a_file_says_what_the_network_says(activation, layers, tmp_path):
    settings = MnistSettings(hidden=5, activation=activation, layers=layers, init="he_normal")
    net, file = mnist_net(settings, 64), str(tmp_path / "run.npz")
    np.savez(file, theta=net.theta)
    code = run_code(file, net.sizes, activation)
    assert imports(code) <= {"import numpy as np", "import math"}
    room = {}
    exec(code, room)
    room["run"].close()
    images = np.random.default_rng(0).random((20, 64), np.float32)
    expected = SoftmaxCrossEntropy().output(net.predict(images))
    np.testing.assert_allclose([room["read"](x) for x in images], expected, atol=1e-5)
