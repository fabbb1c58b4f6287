"""The code that a page shows is run, and must say what nn_core says."""

import numpy as np
import pytest

from datasets.plane import FEATURES as PLANE_FEATURES, features
from nn_core import ACTIVATIONS, SoftmaxCrossEntropy
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.mnist import MnistSettings, mnist_net
from recipes.numpy_code import BENDS, FEATURES, film_code, film_parameters, run_code


def imports(code):
    return {line for line in code.splitlines() if line.startswith("import")}


def test_every_activation_can_be_run_with_numpy_alone():
    assert BENDS.keys() == ACTIVATIONS.keys()
    assert FEATURES.keys() == PLANE_FEATURES.keys()


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


SMALL_FILMS = {
    "one neuron": {"layers": 0},
    "every input": {"inputs": tuple(PLANE_FEATURES), "layers": 1},
    "a number": {"dataset": "slope", "loss": "squared_error"},
    **{name: {"activation": name, "layers": 2, "hidden": 3} for name in ACTIVATIONS},
}


@pytest.mark.parametrize("name", SMALL_FILMS)
def test_the_code_for_a_film_answers_as_its_last_frame_does(name, tmp_path):
    settings = BoundariesSettings(epochs=10, points=30, **SMALL_FILMS[name])
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    trainer.run(epochs=10)
    file, room = tmp_path / "network.npz", {}
    file.write_bytes(film_parameters(trainer.net.theta.astype(np.float32), trainer.net.sizes))
    output = "identity" if settings.loss == "squared_error" else "sigmoid"
    bends = [activation for _, activation in settings.hidden_layers()]
    code = film_code(str(file), settings.inputs, [*bends, output])
    assert imports(code) <= {"import numpy as np", "import math"}
    exec(code, room)
    expected = trainer.loss.output(trainer.net.predict(features(data.x_train, settings.inputs)))
    said = [room["answer"](x1, x2) for x1, x2 in data.x_train]
    room["net"].close()
    np.testing.assert_allclose(said, expected[:, 0], atol=1e-5)
