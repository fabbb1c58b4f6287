"""A talk on its stage: which scene the address asks for, and how it comes exactly as its link says.

`?talk=<name>&scene=<n>` stand in the address beside the settings of the scene's page. The browser
goes from scene to scene as it goes back and forth in its history (`ui/browser/talk`): nothing is
loaded anew, and Streamlit lets the address say what every control is.
"""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

import streamlit as st

from figures.words import as_written
from talks.built_in import built_in_names, built_in_talk
from talks.talk import Question, Scene, Talk
from ui.ahead import read_ahead
from ui.brought import BEGAN, KNOWN as STARTS_KNOWN, START, TEXTS
from ui.browser.talk import AskedOnStage, SceneOnStage, show_talk_part
from ui.controls import HEADER
from ui.digits import PARAMETER as DATA
from ui.folded import put_by_address
from ui.held import HELD
from ui.mnist.look import LINKED
from ui.mnist.unit import PARAMETER as UNIT
from ui.own_talks import own_talk
from ui.pages import PAGE_NAMES, file_of
from ui.points import KEPT as POINTS, KNOWN as POINTS_KNOWN
from ui.predict import DRAWING, GUESS, SEEN
from ui.presenter import KEY as PRESENT, fold_controls
from ui.runs import DELETED, PARAMETER as RUN
from ui.scene import scene_guess, set_scene, take_scene_guess
from ui.theme import KEY as THEME, chosen_theme
from ui.unknown import TOLD

TALK, SCENE = "talk", "scene"  # parameters of the page's link
SHOWN = "talk_shown"  # the talk and the scene that this visit has seen last
# What a visit keeps besides its address, and what a link can bring: each scene begins without.
BESIDE_THE_ADDRESS = (
    *(RUN, DATA, UNIT, LINKED, DELETED, START, BEGAN, STARTS_KNOWN, TEXTS),
    *(SEEN, DRAWING, POINTS, POINTS_KNOWN, TOLD, HELD),
)


# What a question hides: all of the page but the bar, until Python or the bar has heard a guess.
HIDDEN = """html:not([data-guessed="{0}"]) [data-testid="stMainBlockContainer"] {{
  visibility: hidden; }}
html:not([data-guessed="{0}"]) .gs-bar {{ visibility: hidden; }}
html:not([data-guessed="{0}"]) [class*="st-key-controls_open"] {{ display: none; }}
.st-key-switches {{ visibility: visible; }}"""
PLAIN = ".gs-log { display: none; }"  # a log scale is for whoever opens the page outside of a talk
FILM_SEEN = '[class*="st-key-picture_"] { visibility: visible; }'  # below the question


class Place(NamedTuple):
    """Where in which talk a visit is; scenes are counted from 1."""

    name: str
    talk: Talk
    number: int

    @property
    def scene(self) -> Scene:
        """The scene that is on."""
        return self.talk.scenes[self.number - 1]


def parameters(name: str, talk: Talk, number: int) -> list[tuple[str, str]]:
    """What a scene's address has: the page's settings, and the stage's."""
    theme = [(THEME, chosen_theme())] if chosen_theme() else []
    place = [(TALK, name), (SCENE, str(number))]
    return [*talk.scenes[number - 1].settings, (PRESENT, "true"), *theme, *place]


def link_to_scene(name: str, talk: Talk, number: int) -> str:
    """A scene's address, seen from any page."""
    page = talk.scenes[number - 1].page
    return f"./{page}?{urlencode(parameters(name, talk, number))}"


def link_to_give(name: str) -> str:
    """The whole address at which a talk begins, as it is given to others.

    It is that of a page on which no scene is, so that each scene comes with its settings.
    """
    return urljoin(st.context.url or "", f"./my_talk?{urlencode({TALK: name})}")


def take_the_stage(page: str) -> Place | None:
    """The place that the address asks for, shown on the page of this name; None without a talk.

    Call it before anything else is shown. An address that names a scene and another page than the
    scene's leads there.
    """
    place = _place_in_link()
    set_scene((place.number, place.scene) if place else None)
    if place is None:
        return None
    if (place.name, place.number) != st.session_state.get(SHOWN):
        take_scene_guess(_guess_in_link(place.scene))
    if place.scene.page != page:
        asked = dict[str, list[str]]()
        for key, value in parameters(place.name, place.talk, place.number):
            asked.setdefault(key, []).append(value)
        st.switch_page(file_of(place.scene.page), query_params=asked)
    if not st.session_state.get(PRESENT):
        st.session_state[PRESENT] = True
    return place


@contextlib.contextmanager
def as_its_link_says(place: Place | None) -> Iterator[None]:
    """While a page runs: where a scene comes, it comes with nothing that was left on its page."""
    now = (place.name, place.number) if place else None
    came = now != st.session_state.get(SHOWN)
    st.session_state[SHOWN] = now
    if place is None or not came:
        yield
        return
    for key in BESIDE_THE_ADDRESS:
        if key not in st.query_params:
            st.session_state.pop(key, None)
    fold_controls()
    with put_by_address(f"{place.scene.page}_"):
        yield


def show_bar(place: Place | None) -> None:
    """The talk's bar, in the header, and its keys."""
    if place is None:
        return
    name, talk, number = place
    read_ahead(talk, number)
    asks, guess = place.scene.question, scene_guess()
    st.html(f"<style>{PLAIN}{_hidden(place) if asks and not guess else ''}</style>")
    scenes: list[SceneOnStage] = [
        {
            "title": scene.title,
            "caption": scene.caption,
            "notes": scene.notes,
            "link": link_to_scene(name, talk, k),
            **_asked(scene),
        }
        for k, scene in enumerate(talk.scenes, 1)
    ]
    end = f"./?{urlencode({THEME: chosen_theme()})}" if chosen_theme() else "./"

    def guessed(of: int, guess: str) -> None:
        if of == number and asks and asks.fits(guess):  # else the next scene is on already
            take_scene_guess(guess)

    show_talk_part(name, talk.title, number, scenes, end, guess, guessed)


def _hidden(place: Place) -> str:
    """The style that hides what an open question is about; a film that begins is seen."""
    scene = place.scene
    if scene.question and scene.question.sketch:
        return ""
    return HIDDEN.format(place.number) + (FILM_SEEN if scene.begins_as_film else "")


def _asked(scene: Scene) -> AskedOnStage:
    asks = scene.question or Question("")
    return {
        "ask": asks.ask,
        "answers": list(asks.answers),
        "number": asks.number,
        "of": asks.of,
        "sketch": asks.sketch,
        "over": scene.begins_as_film,
    }


def _guess_in_link(scene: Scene) -> str:
    """The guess that the address has of the scene's question; one that cannot be is said."""
    said = st.query_params.get(GUESS, "") if scene.question else ""
    if said and scene.question and not scene.question.fits(said):
        open_still = "which cannot be made here, so the question is asked"
        _say(f"The link has “{as_written(said)}” for the guess, {open_still}.")
        return ""
    return said


def _place_in_link() -> Place | None:
    """What the address asks for; what it got wrong is left for the page to say, and put right."""
    name, asked = st.query_params.get(TALK), st.query_params.get(SCENE, "1")
    if name is None:
        return None
    talk = built_in_talk(name, PAGE_NAMES) or own_talk(name)
    if talk is None:
        known = ", ".join(built_in_names())
        _say(
            f"There is no talk “{as_written(name)}” on this server: expected one of {known}. "
            "If it was one of your own, open its file again: Home, *Give a talk*, *My talk*."
        )
        for key in (TALK, SCENE):
            st.query_params.pop(key, None)
        return None
    last = len(talk.scenes)
    whole = asked.isascii() and asked.isdigit()
    number = max(1, min(last, int(asked[:9]))) if whole else 1
    if str(number) != asked.lstrip("0"):
        expected = f"expected a whole number from 1 to {last}, so this is scene {number}"
        _say(f"The link has “{as_written(asked)}” for the scene: {expected}.")
        st.query_params[SCENE] = str(number)
    return Place(name, talk, number)


def _say(sentence: str) -> None:
    st.session_state[HEADER] = [*st.session_state.get(HEADER, []), sentence]
