"""Weights that a link cannot carry lie on the server, for whoever has their name."""

import numpy as np
import pytest

from runs.starts import Starts


def test_what_is_kept_is_found_by_its_name_and_by_no_other(tmp_path):
    starts, theta = Starts(tmp_path / "starts"), np.linspace(-3, 3, 1001)
    name = starts.keep(theta, "marked")
    assert name.endswith("marked")
    assert len(name) >= 18
    np.testing.assert_array_equal(starts.find(name), theta)
    assert starts.find(name[:-1] + "x") is None
    assert Starts(tmp_path / "starts").find(name) is not None  # also after a restart


@pytest.mark.parametrize("name", ["", "../../etc", "abc", "a" * 60])
def test_what_is_no_name_finds_nothing(tmp_path, name):
    assert Starts(tmp_path).find(name) is None


def test_a_damaged_file_is_nothing(tmp_path):
    starts = Starts(tmp_path)
    name = starts.keep(np.ones(3))
    (tmp_path / f"{name}.npz").write_bytes(b"PK damaged")
    assert starts.find(name) is None
    np.savez(tmp_path / f"{name}.npz", other=np.ones(3))
    assert starts.find(name) is None


def test_the_oldest_of_a_visit_make_room(tmp_path):
    starts = Starts(tmp_path, share=20_000)
    names = [starts.keep(np.full(1000, k), "visits") for k in range(4)]
    assert starts.find(names[-1]) is not None
    assert sum(starts.find(name) is not None for name in names) < 4
