"""Two settings as the sides of a grid: every cell is a film that the page could show."""

from dataclasses import replace

import pytest

from recipes.boundaries import BoundariesSettings
from recipes.cells import NAMES, USUAL, CellsSettings, film_at, films, of_everybody, sides
from recipes.settings import STUDY_NOTES

MOST = (8, 8)


def test_every_usual_value_is_one_that_the_page_can_show():
    for field, values in USUAL.items():
        for value in values:
            settings = BoundariesSettings(**{field: value})
            assert settings.settled() == (settings, [])
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("most", [1, 2, 4, 8])
@pytest.mark.parametrize("field", ["lr", "hidden", "epochs", "batch"])
def test_the_readers_own_value_is_always_along_its_side(field, most):
    name = next(name for name, its in NAMES.items() if its == field)
    setting = BoundariesSettings.allowed()[field]
    values = getattr(setting, "values", None) or range(setting.low, setting.high + 1)
    for value in values:
        settings = CellsSettings(across=name, up="noise", **{field: value})
        along = sides(settings, (most, most))[0].values
        assert value in along
        assert list(along) == sorted(set(along))
        assert len(along) <= most


def test_cells_go_from_the_left_and_then_up():
    settings = CellsSettings()
    across, up = grid = sides(settings, MOST)
    cells = films(settings, grid)
    assert len(cells) == len(across.values) * len(up.values) == 64
    assert [cell.lr for cell in cells[:8]] == list(across.values)
    assert [cell.hidden for cell in cells[::8]] == list(up.values)
    assert cells.count(BoundariesSettings()) == 1


def test_units_and_layers_overrule_what_is_written_layer_by_layer():
    settings = CellsSettings(widths="8 relu, 3", up="hidden layers")
    assert film_at(settings, {"hidden": 2, "layers": 0}).hidden_layers() == []
    assert film_at(settings, {"layers": 3, "hidden": 2}).hidden_layers() == [(2, "tanh")] * 3
    assert film_at(replace(settings, layers=0), {"hidden": 2}).hidden_layers() == [(2, "tanh")]
    assert film_at(settings, {"lr": 1.0}).widths == "8 relu, 3"


def test_the_same_setting_on_both_sides_gets_a_sentence():
    for name in NAMES:
        settings, sentences = CellsSettings(across=name, up=name).settled()
        assert settings.across == name != settings.up
        assert len(sentences) == 1
        assert f"“{name}” cannot be both" in sentences[0]
    assert CellsSettings().settled() == (CellsSettings(), [])


def test_whoever_has_one_cell_of_a_grid_has_the_grid():
    shared = {of_everybody(CellsSettings(lr=lr, hidden=4), MOST) for lr in USUAL["lr"]}
    assert len(shared) == 1
    for rare in ({"lr": 1e-4}, {"hidden": 5}, {"seed": 3}, {"activation": "relu"}):
        assert of_everybody(CellsSettings(**rare), MOST) not in shared


def test_the_study_notes_start_is_no_cell_where_starts_are_a_side():
    settings = CellsSettings(across="starting weights", init=STUDY_NOTES, layers=1)
    assert STUDY_NOTES not in {cell.init for cell in films(settings, sides(settings, MOST))}


@pytest.mark.parametrize(
    ("dataset", "idle"),
    [("four points", {"noise", "points", "train"}), ("your own", {"noise", "points"}), ("xor", {})],
)
def test_what_changes_nothing_is_no_side(dataset, idle):
    for name, field in NAMES.items():
        if name == "hidden layers":
            continue
        settings, said = CellsSettings(dataset=dataset, across=name, up="hidden layers").settled()
        assert any("changes nothing" in one for one in said) == (field in idle)
        assert (settings.across == name) == (field not in idle)
