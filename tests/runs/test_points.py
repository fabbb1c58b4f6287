"""Points that a link cannot carry lie on the server, for whoever has their name."""

import numpy as np
import pytest

from datasets.own_points import OwnPoints, own_points
from runs.points import FEW, in_words


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path))
    return tmp_path


def points(count):
    x = np.random.default_rng(count).uniform(-6, 6, (count, 2)).astype(np.float32)
    return OwnPoints(x, (np.arange(count) % 2).astype(np.uint8), ("no", "yes"))


def test_few_points_stand_in_the_link_and_nowhere_else(home):
    text = in_words(points(FEW), "marked")
    assert len(text) < 1500
    assert not text.startswith("~")
    np.testing.assert_array_equal(own_points(text).x, points(FEW).x)
    assert not (home / "points").exists()


def test_many_points_lie_in_a_file_under_a_name_that_ends_in_the_visits_mark(home):
    many = points(FEW + 1)
    text = in_words(many, "marked")
    assert text.startswith("~")
    assert text.endswith("marked")
    assert 18 <= len(text) < 30
    found = own_points(text)
    np.testing.assert_array_equal(found.x, many.x)
    np.testing.assert_array_equal(found.label, many.label)
    assert found.classes == many.classes
    with pytest.raises(LookupError):
        own_points(text[:-1] + "x")


def test_what_was_taken_away_by_another_process_is_gone(home):
    text = in_words(points(FEW + 1), "marked")
    assert len(own_points(text).x) == FEW + 1
    (home / "points" / f"{text.removeprefix('~')}.npz").unlink()
    with pytest.raises(LookupError):
        own_points(text)


def test_where_nothing_can_be_written_that_is_an_os_error(home):
    (home / "points").write_text("")
    with pytest.raises(OSError, match=r"."):
        in_words(points(FEW + 1), "marked")
