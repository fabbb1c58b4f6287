import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from nn_core import ACTIVATIONS, SoftmaxCrossEntropy
from runs.saved import read_run
from runs.trainers import mnist_net
from tests.saved_runs import SMALL, assert_same, small_digits, trained
from ui.mnist_keep import BENDS, as_file, code_for, history_csv

DIGITS = small_digits()


def test_every_activation_can_be_run_with_numpy_alone():
    assert BENDS.keys() == ACTIVATIONS.keys()


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_that_runs_a_file_says_what_the_network_says(activation, layers, tmp_path):
    config = replace(SMALL, activation=activation, layers=layers, init="normal × 0.1", lr=0.03)
    saved = trained(20, config)
    (tmp_path / "run.npz").write_bytes(as_file(saved))
    code = code_for(saved, str(tmp_path / "run.npz"))
    assert set(line for line in code.splitlines() if line.startswith("import")) <= {
        "import numpy as np",
        "import math",
    }
    room = {}
    exec(code, room)
    room["run"].close()
    net = mnist_net(config, 64)
    net.theta = saved.theta
    expected = SoftmaxCrossEntropy().output(net.predict(DIGITS.x_test))
    np.testing.assert_allclose([room["read"](x) for x in DIGITS.x_test], expected, atol=1e-5)


def test_a_run_taken_away_comes_back_whole():
    saved = trained(20)
    assert_same(read_run(io.BytesIO(as_file(saved))), saved)


def test_the_table_is_the_history_with_the_epochs_in_front():
    saved = trained(36)
    table = pd.read_csv(io.StringIO(history_csv(saved)))
    columns = ["epoch", "step", "loss", "accuracy", "val_loss", "val_accuracy"]
    assert sorted(table.columns) == sorted(columns)
    assert table.columns[0] == "epoch"
    assert table["epoch"].tolist() == [0, 1, 2, 3, 4]
    for name in columns[1:]:
        np.testing.assert_array_equal(table[name], saved.state[f"history_{name}"])


def test_before_the_first_epoch_the_table_has_its_first_row():
    table = pd.read_csv(io.StringIO(history_csv(trained(3))))
    assert table["step"].tolist() == [0]
