"""Which preset is lit, on every page that has some, by the link alone."""

import pytest

from tests.sweeps import sweep
from ui.explain import query_of
from views.activations import curve, in_and_out, learning, softmax
from views.boundaries import film, lottery, map as settings_map, race, sweep as films
from views.gradients import (
    backpropagation,
    batch_noise,
    landscape,
    race as optimizers,
    rates,
    vanishing,
)
from views.neuron import many_steps, one_step

QUICK = [curve, learning, in_and_out, softmax, one_step, many_steps, batch_noise, backpropagation]
SLOW = [vanishing, landscape, optimizers, rates, film, lottery, settings_map, films, race]
VIEWS = {f"{m.VIEW.settings.page}: {m.VIEW.name}": m.VIEW for m in [*QUICK, *SLOW]}
PRESETS = {f"{name}: {one}": (view, one) for name, view in VIEWS.items() for one in view.presets}


def quick(names):
    """Those of views that need no training that lasts."""
    known = tuple(f"{m.VIEW.settings.page}: {m.VIEW.name}" for m in QUICK)
    return [name for name in names if name.startswith(known)]


@pytest.fixture(autouse=True)
def no_film_to_its_end(monkeypatch):
    """What is slow rests after its first picture: which preset is lit does not wait for more."""
    monkeypatch.setattr("ui.show.go_on", lambda work: work.stop())


def lit_by(open_page, settings, view):
    page = open_page(settings.page, **query_of(settings, view.name))
    return page.session_state.get(f"{settings.page}_preset", None)


@sweep("name", PRESETS, usual=quick(PRESETS))
def test_a_link_to_what_a_preset_sets_lights_it(open_page, name):
    view, preset = PRESETS[name]
    assert lit_by(open_page, view.presets[preset].settings, view) == preset


@sweep("name", VIEWS, usual=quick(VIEWS))
def test_a_view_as_it_opens_lights_the_preset_that_it_is_and_no_other(open_page, name):
    view, usual = VIEWS[name], VIEWS[name].settings()
    is_one = [one for one, preset in view.presets.items() if preset.settings == usual]
    assert lit_by(open_page, usual, view) == (is_one[0] if is_one else None)
