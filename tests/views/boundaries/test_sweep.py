"""The sweep's films are those of the page, and its words are what they came to."""

import base64
import zlib

import numpy as np
import pytest

from recipes.cells import USUAL
from recipes.lottery import LEARNED
from recipes.sweep import SAMPLES, shared
from tests.words import numbers_in
from views.boundaries import film
from views.boundaries.sweep import (
    Settings,
    caption,
    growing,
    numbers,
    opens,
    picture,
    seen_by,
    try_this,
)


@pytest.fixture(scope="module")
def whole():
    return numbers(Settings(epochs=30))


def test_a_film_that_is_opened_ends_as_the_small_one_did(whole):
    assert len(whole.films) == 30
    for place in range(0, 30, 7):
        name, start = opens(whole.settings, place)
        assert (name, start) == ("film", whole.starts[place])
        end = film.numbers(start).end
        assert whole.films[place].losses[-1] == end.loss
        assert whole.films[place].right[-1] == end.accuracy
    for nothing in (-1, 30, None, "3"):
        assert opens(whole.settings, nothing) is None


def test_the_readers_own_film_is_among_them_and_the_sweep_everybodys(whole):
    message = picture(whole).message
    own = message["films"][message["own"]]
    assert own["name"] == "Learning rate 0.03, 4 hidden units, yours"
    along = whole.grid[0].values
    for lr in along:
        assert shared(Settings(epochs=30, lr=lr)) == shared(whole.settings)
        there = picture(seen_by(whole, Settings(epochs=30, lr=lr))).message
        assert there["films"][there["own"]]["name"].startswith(f"Learning rate {lr:g},")
    assert shared(Settings(epochs=30, seed=1)) != shared(whole.settings)
    assert set(along) <= set(USUAL["lr"])


def test_the_words_are_what_the_films_came_to(whole):
    said = caption(whole)
    learned = sum(one.ended == LEARNED.words for one in whole.films)
    assert learned == sum(one.right[-1] >= 0.99 for one in whole.films)
    assert f"**{learned}** learned it" in said
    assert numbers_in(caption(whole, brief=True))[:2] == [30, learned]
    assert said.startswith("All from seed 0.")
    assert try_this(whole.settings, whole).view == "map"


def test_what_is_sent_is_small_and_whole(whole):
    message = picture(whole).message
    for sent in message["films"]:
        tiles = zlib.decompress(base64.b64decode(sent["tiles"]))
        assert len(tiles) == len(message["steps"]) * SAMPLES**2
        assert len(base64.b64decode(sent["reads"])) == 4 * len(message["steps"])
    assert len(base64.b64decode(message["points"])) == 3 * 4 * 200
    assert sum(len(sent["tiles"]) for sent in message["films"]) < 1_500_000


def test_it_grows_film_by_film():
    told, counts = [], []
    for grown in growing(Settings(epochs=30), tell=told.append):
        counts.append(sum(one is not None for one in grown.films))
        assert caption(grown)
        sent = picture(grown).message["films"]
        assert sum(bool(one["tiles"]) for one in sent) == counts[-1]
    assert counts == sorted(counts)
    assert counts[-1] == 30
    assert told[-1].share == 1


def test_points_that_differ_from_film_to_film_are_not_drawn():
    found = numbers(Settings(epochs=10, up="noise"))
    assert picture(found).message["points"] == ""


@pytest.mark.sweep  # one of its films has all the epochs there can be
def test_films_of_different_lengths_move_on_one_time():
    names = numbers(Settings(epochs=10, across="epochs", up="activation"))
    lasts = [one.last for one in names.films]
    assert len(set(lasts)) == len(names.grid[0].values)
    assert names.time[-1] == max(lasts)
    assert not np.isnan(names.films[0].losses).any()
