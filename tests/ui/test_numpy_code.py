"""The code that a page shows is run, and must say what nn_core says."""

from dataclasses import replace

import numpy as np
import pytest

from datasets.plane import FEATURES as PLANE_FEATURES, features
from figures.stage import stage_film
from nn_core import ACTIVATIONS, SoftmaxCrossEntropy
from runs.config import BoundariesConfig
from runs.trainers import boundaries_data, boundaries_trainer, mnist_net
from tests.saved_runs import SMALL, small_digits, trained
from ui.mnist_keep import as_file
from ui.numpy_code import FEATURES, film_code, film_parameters, run_code

DIGITS = small_digits()


def imports(code):
    return {line for line in code.splitlines() if line.startswith("import")}


def test_every_feature_can_be_run_with_numpy_alone():
    assert FEATURES.keys() == PLANE_FEATURES.keys()


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_that_runs_a_file_says_what_the_network_says(activation, layers, tmp_path):
    config = replace(SMALL, activation=activation, layers=layers, init="normal × 0.1", lr=0.03)
    saved = trained(20, config)
    (tmp_path / "run.npz").write_bytes(as_file(saved))
    code = run_code(saved, str(tmp_path / "run.npz"))
    assert imports(code) <= {"import numpy as np", "import math"}
    room = {}
    exec(code, room)
    room["run"].close()
    net = mnist_net(config, 64)
    net.theta = saved.theta
    expected = SoftmaxCrossEntropy().output(net.predict(DIGITS.x_test))
    np.testing.assert_allclose([room["read"](x) for x in DIGITS.x_test], expected, atol=1e-5)


SMALL_FILMS = {
    "one neuron": {"layers": 0},
    "every input": {"inputs": tuple(PLANE_FEATURES), "layers": 1},
    "a number": {"dataset": "slope", "loss": "squared_error"},
    **{name: {"activation": name, "layers": 2, "hidden": 3} for name in ACTIVATIONS},
}


@pytest.mark.parametrize("name", SMALL_FILMS)
def test_the_code_for_a_film_answers_as_its_last_frame_does(name, tmp_path):
    config = BoundariesConfig(epochs=10, points=30, **SMALL_FILMS[name])
    data = boundaries_data(config)
    trainer = boundaries_trainer(config, data)
    trainer.run(epochs=10)
    film, file, room = stage_film(trainer, data, config.inputs), tmp_path / "network.npz", {}
    file.write_bytes(film_parameters(film))
    code = film_code(film, str(file))
    assert imports(code) <= {"import numpy as np", "import math"}
    exec(code, room)
    expected = trainer.loss.output(trainer.net.predict(features(data.x_train, config.inputs)))
    said = [room["answer"](x1, x2) for x1, x2 in data.x_train]
    room["net"].close()
    np.testing.assert_allclose(said, expected[:, 0], atol=1e-5)
