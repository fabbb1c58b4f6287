"""What holds for every view, whatever it shows: its settings, and its parts at their defaults."""

import inspect
import json
from dataclasses import fields

import plotly.graph_objects as go
import pytest

from figures.words import Said
from recipes.settings import Choices, Range, Several, Switch, Text
from tests.test_rooms import VIEWS, module_of
from tests.words import numbers_in
from views.view import View

FOUND: list[View] = [module_of(place).VIEW for place in VIEWS]
COMPUTED = [view for view in FOUND if view.settings.page != "mnist"]  # that one looks at a run
WRITTEN = {
    "widths": ["", "8, 4"],
    "own_points": ["", "~AAAAAAAAAAAA"],
    "other": ["0.3", "relu"],
    "also": ["", "hidden units 8; inputs x₁, x₂"],
    "logits": ["2 1", "100, −100, 0, 0, 0, 0, 0, 0"],
    "begin": ["", "3.5, −2"],
    "weights": ["", "0.5, −1, 2", "1 2 3 4"],
    "other_run": ["", "crooked", "Ab-34_678"],
    "sum_of": ["", "1.12", "3.512"],
    "off": ["", "1.3", "1.3,1.17,2.5"],
}


NUMBERS: dict[str, object] = {}  # of the views, by name, once they are made


def made(view: View):
    """The numbers of a view at its defaults, but for how often it draws lots."""
    if name_of(view) in NUMBERS:
        return NUMBERS[name_of(view)]
    few = {"starts": 10, "each": 1, "side": 2}
    asked = {name: count for name, count in few.items() if name in view.settings.allowed()}
    return NUMBERS.setdefault(name_of(view), view.numbers(view.settings(**asked)))


def checked(figure: go.Figure) -> go.Figure:
    """The same figure, once Plotly has checked all its parts; ValueError where one cannot be."""
    return go.Figure(
        [trace.to_plotly_json() for trace in figure.data], figure.layout.to_plotly_json()
    )


def name_of(view: View) -> str:
    return f"{view.settings.page}: {view.name}"


def ends(name, setting):
    """Values at the ends of what a setting allows, and values beyond."""
    match setting:
        case Choices(values=values):
            return [values[0], values[-1]], ["no such thing", None]
        case Several(values=values):
            alien, twice = (values[0], "no such thing"), (values[0], values[0])
            return [values[:1], values], [(), alien, twice, values[0], list(values), None]
        case Text():
            return WRITTEN[name], ["abc", None, 8]
        case Switch():
            return [True, False], ["true", None, 1]
        case Range(low=low, high=high):
            return [low, high], [low - 1, high + 1, "1", None]


@pytest.mark.parametrize("view", FOUND, ids=name_of)
def test_every_setting_takes_what_it_allows_and_nothing_else(view):
    settings = view.settings
    assert settings() == settings()
    assert [f.name for f in fields(settings)] == list(settings.allowed())
    for name, setting in settings.allowed().items():
        good, bad = ends(name, setting)
        for value in good:
            assert getattr(settings(**{name: value}), name) == value
        for value in bad:
            with pytest.raises(ValueError, match=f"^{name}: expected .*, got "):
                settings(**{name: value})


@pytest.mark.parametrize("view", FOUND, ids=name_of)
def test_a_few_controls_stand_in_the_row_and_all_others_in_more(view):
    assert 2 <= len(view.settings.standing()["in the row"]) <= 5


@pytest.mark.parametrize("view", FOUND, ids=name_of)
def test_an_old_word_is_none_of_todays(view):
    for name, renamed in view.settings.old_words().items():
        allowed = view.settings.allowed()[name]
        for old, new in renamed.items():
            assert not allowed.allows(old)
            assert allowed.allows(new)


@pytest.mark.parametrize("view", FOUND, ids=name_of)
def test_presets_are_settings_of_the_view_or_of_its_recipe_and_no_two_are_the_same(view):
    settings = [preset.settings for preset in view.presets.values()]
    assert len(set(settings)) == len(settings)
    for one in settings:
        assert issubclass(view.settings, type(one))
        assert one.settled() == (one, [])


@pytest.mark.parametrize("view", COMPUTED, ids=name_of)
def test_every_part_works_at_the_defaults(view):
    numbers = made(view)
    for brief in (False, True):
        picture = view.picture(numbers, brief)
        assert picture is not None
        if isinstance(picture, go.Figure):
            assert json.loads(checked(picture).to_json()) == json.loads(picture.to_json())
        said = view.caption(numbers, brief)
        moving = [Said(0, said)] if isinstance(said, str) else said
        assert [since for since, _ in moving] == sorted({since for since, _ in moving})
        for _, words in moving:
            assert "  " not in words
        assert numbers_in(moving[-1].words)
    maths = view.maths(numbers) if callable(view.maths) else view.maths
    assert any("$" in line for line in maths)
    code = view.code(numbers) if callable(view.code) else view.code
    assert all(inspect.getsource(piece) for piece in code)


@pytest.mark.parametrize("view", COMPUTED, ids=name_of)
def test_where_nothing_plays_the_keys_for_one_step_move_a_control(view):
    picture = view.picture(made(view), False)
    still = isinstance(picture, go.Figure) and not (picture.layout.meta or {}).get("film")
    assert bool(view.stepped) == still
    if still:
        setting = view.settings.allowed()[view.stepped]
        assert isinstance(setting, Choices | Range)
        assert getattr(view.settings, view.stepped) in setting.values
        assert (setting.values[0], setting.values[-1]) == tuple(ends(view.stepped, setting)[0])


def test_fields_of_one_name_mean_the_same_in_every_view_of_a_page():
    seen = {}
    for view in FOUND:
        for name, setting in view.settings.allowed().items():
            key, meant = view.settings.key(name), (setting, getattr(view.settings, name))
            assert seen.setdefault(key, meant) == meant, f"{key} is two things: {name_of(view)}"


def test_every_chart_has_a_name_of_its_own_on_its_page():
    drawn = [(view.settings.page, view.picture(made(view), False)) for view in COMPUTED]
    names = [(page, f.layout.uirevision) for page, f in drawn if isinstance(f, go.Figure)]
    assert all(revision for _, revision in names)
    assert len(set(names)) == len(names)


def test_no_two_views_of_a_page_have_one_name():
    named = [name_of(view) for view in FOUND]
    assert len(set(named)) == len(named)
