import io

import numpy as np
import pandas as pd

from runs.saved import read_run
from tests.saved_runs import assert_same, trained
from ui.mnist.keep import as_file, history_of


def test_a_run_taken_away_comes_back_whole():
    saved = trained(20)
    assert_same(read_run(io.BytesIO(as_file(saved))), saved)


def test_the_table_is_the_history_with_the_epochs_in_front():
    saved = trained(36)
    table = pd.read_csv(io.StringIO(history_of(saved)))
    columns = ["epoch", "step", "loss", "accuracy", "val_loss", "val_accuracy"]
    assert sorted(table.columns) == sorted(columns)
    assert table.columns[0] == "epoch"
    assert table["epoch"].tolist() == [0, 1, 2, 3, 4]
    for name in columns[1:]:
        np.testing.assert_array_equal(table[name], saved.state[f"history_{name}"])


def test_before_the_first_epoch_the_table_has_its_first_row():
    table = pd.read_csv(io.StringIO(history_of(trained(3))))
    assert table["step"].tolist() == [0]
