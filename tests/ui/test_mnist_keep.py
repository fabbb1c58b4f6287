import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from nn_core import ACTIVATIONS, SoftmaxCrossEntropy
from recipes.numpy_code import run_code
from runs.run import Run
from runs.saved import read_run
from tests.saved_runs import SMALL, assert_same, small_digits, trained
from ui.mnist.keep import as_file, history_csv

DIGITS = small_digits()


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


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_runs_the_file_and_says_what_the_network_says(activation, layers, tmp_path):
    settings = replace(SMALL, activation=activation, layers=layers, init="normal × 0.1", lr=0.03)
    saved, name = trained(20, settings), str(tmp_path / "run.npz")
    (tmp_path / "run.npz").write_bytes(as_file(saved))
    room = {}
    exec(run_code(name, saved.sizes, activation), room)
    room["run"].close()
    run = Run(saved)
    expected = SoftmaxCrossEntropy().output(run.net(run.look()).predict(DIGITS.x_test))
    np.testing.assert_allclose([room["read"](x) for x in DIGITS.x_test], expected, atol=1e-5)
