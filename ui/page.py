"""The frame of every page: the question, one row of controls, the picture, the caption."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures.words import as_written
from runs.later import WhenQuiet
from runs.memory import give_back
from ui.folded import folding_popover
from ui.goal import place_for_goal
from ui.presenter import BIG, controls_popover, presenting
from ui.scene import guess_in_words, scene_asks, scene_guess, scene_hides, scene_on
from ui.told import told

GUESS_LETTERS = 40  # of a guess, beside a scene's title
QUIET = 10.0  # seconds in which no page ran, after which nobody waits for the memory to be tidied
_tidied = WhenQuiet(QUIET, give_back)

STYLE = """
[data-testid="stMainBlockContainer"] { padding: 3.4rem 2rem 1rem; max-width: none; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.45rem; }
[data-testid="stHeading"] { margin-bottom: 0; }
[data-testid="stHeading"] h1 { font-size: 1.5rem; font-weight: 600; padding: 0; }
.st-key-switches { position: fixed; top: 0.85rem; right: 1rem; z-index: 1000000; width: auto;
  flex-wrap: nowrap; gap: 0.7rem; }
[class*="st-key-picture_"] { min-height: min(61vh, 72vw); }
[class*="st-key-picture_activations_"] { min-height: min(56vh, 72vw); }
[class*="st-key-picture_boundaries_"] { min-height: min(58vh, 72vw); }
.st-key-picture_boundaries_stage { min-height: min(57vh, 72vw); }
.st-key-picture_boundaries_race { min-height: min(55vh, 72vw); }
.st-key-picture_boundaries_sweep { min-height: min(57vh, 72vw); }
[class*="st-key-picture_gradients_"][class*="race"] { min-height: min(58vh, 72vw); }
[class*="st-key-picture_mnist_"] { min-height: min(56vh, 72vw); }
[class*="_preset"] [data-testid="stButtonGroup"] button { padding: 0 0.5rem; }
/* White, as Streamlit has it, cannot be read on the dark theme's accent. */
[data-testid="stBaseButton-primary"] { color: light-dark(#FFFFFF, #14191A) !important; }
/* Without a navigation, as behind a class's link, Streamlit's has no ground of its own. */
[data-testid="stHeader"] { background: light-dark(#FFFFFF, #14191A); }
.st-key-actions:has(.st-key-mnist_start, .st-key-mnist_pause, .st-key-mnist_over) {
  min-width: min(20.5rem, 100%); }
/* What has a setting's value where another widget says it in plain words (ui/named.py). */
[data-testid="stElementContainer"]:has(+ [class*="_in_words"]) { display: none; }
[data-testid="stPopoverBody"]:has([role="tablist"]) { width: min(29rem, 92vw); }
.st-key-how_far { min-height: 0.5rem; }
.give-talk { display: inline-block; padding: 0.45rem 0.8rem; border-radius: 0.5rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); font-size: 0.875rem;
  color: var(--st-text-color) !important; text-decoration: none; }
.st-key-of_the_talk .give-talk { color: #FFFFFF !important; background: #0F5C56; font-weight: 600; }
.st-key-of_the_talk > [data-testid]:has(> [data-testid="stTextInput"]) {
  min-width: min(17rem, 100%); }
.begin-talk { font-size: 1.1rem; color: var(--st-link-color, #0F5C56); }
/* What is to be guessed stays in sight where the picture is longer than the screen; there is no
   start yet that could be opened. */
[data-testid="stLayoutWrapper"]:has(> [data-testid="stHorizontalBlock"] .st-key-question) {
  position: sticky; bottom: 0; z-index: 90; padding: 0.4rem 0;
  background: light-dark(#FFFFFF, #14191A); /* the page's */ }
.st-key-question button { height: auto; min-height: 2rem; padding: 0.15rem 0.6rem;
  text-align: left; }
.st-key-question [data-testid="stHorizontalBlock"] { row-gap: 0.4rem; }
[data-testid="stVerticalBlock"]:has(.st-key-question) > * > [class*="st-key-picture_"],
[data-testid="stVerticalBlock"]:has(.st-key-question) > [class*="st-key-picture_"] {
  min-height: 0 !important; }
.st-key-question button * { white-space: normal !important; }
[data-testid="stVerticalBlock"]:has(.st-key-question) .gt-bar { display: none; }
@media (max-width: 640px) { /* a phone's picture is longer than the screen: it is asked before */
  .st-key-question { gap: 0.3rem; }
  [data-testid="stHorizontalBlock"]:has(.st-key-question) .st-key-explain { display: none; }
  [data-testid="stLayoutWrapper"]:has(> [data-testid="stHorizontalBlock"] .st-key-question) {
    position: static; order: -1; }
  [data-testid="stVerticalBlock"]:has(.st-key-question) > [data-testid]:has(> * h1) { order: -2; } }
.st-key-caption p { font-size: 1.05rem; }
.st-key-goal { padding-left: 0.6rem; border-left: 3px solid var(--st-primary-color, #0F5C56); }
body:has([data-testid="stDialog"]) [data-testid="stPopoverBody"]:has(.st-key-class_link) {
  display: none; } /* out of which the dialog came */
.st-key-goal p, .st-key-goal [data-testid="stMarkdownContainer"] { margin-bottom: 0 !important; }
.st-key-waiting {
  position: fixed; top: 0.5rem; left: 42%; right: 15rem; width: auto; z-index: 1000000; }
@media (max-width: 768px) {
  [data-testid="stMainBlockContainer"] { padding: 3.4rem 1rem 1rem; }
  .st-key-waiting { left: 3.5rem; right: 9rem; }
}
@media (max-width: 640px) { /* in a phone's header there is room for how far it is, not for words */
  .st-key-waiting [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; gap: 0.4rem; }
  .st-key-waiting [data-testid="stProgress"] p { display: none; }
  .st-key-waiting button { min-height: 2rem; padding: 0 0.4rem; white-space: nowrap; }
}
@media (min-width: 769px) { [class*="_preset"] [role="radiogroup"] { flex-wrap: wrap; } }
@media (max-width: 640px), (max-height: 480px) { /* a phone: all controls are one row's own */
  .st-key-controls > [data-testid="stLayoutWrapper"]:not(:has(.st-key-actions)),
  .st-key-controls > * > [data-testid="stHorizontalBlock"]:not(.st-key-actions) {
    display: contents; }
}
@media (max-height: 480px) { /* a phone held sideways: what is above a picture gives way to it */
  [data-testid="stHeader"] { height: 2.5rem; min-height: 0; }
  [data-testid="stMainBlockContainer"] { padding-top: 2.6rem; }
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.2rem; }
  .st-key-switches { top: 0.4rem; }
  [data-testid="stHeading"] h1 { font-size: 1.1rem; line-height: 1.3; }
  .st-key-caption p { font-size: 0.9rem; line-height: 1.35; }
  .st-key-rooms { display: none; } /* the navigation shows them */
  /* Presets are controls, too, and leave the line that they have with the question. */
  [data-testid="stMainBlockContainer"] > * >
    [data-testid="stLayoutWrapper"]:has([class*="_preset"]):not(:has(.st-key-slim)),
  [data-testid="stMainBlockContainer"] > * > * >
    [data-testid="stHorizontalBlock"]:has(> * > * [class*="_preset"]) { display: contents; }
  [data-testid="stMainBlockContainer"] > * > * > * >
    [data-testid="stLayoutWrapper"]:has([class*="_preset"]) { order: 1; }
}
@media (max-width: 1000px) { /* pictures beside each other have a smallest width, too */
  [data-testid="stColumn"]:has([class*="st-key-picture_"]) { min-width: min(20rem, 100%); }
}
"""
UPRIGHT, SIDEWAYS = "(max-width: 640px)", "(max-height: 480px)"  # a phone, as it is held
# The picture and what plays it, then the controls.
BELOW = """
  [data-testid="stLayoutWrapper"]:has(> .st-key-controls), .st-key-controls { display: contents; }
  .st-key-controls > :not(:has(.st-key-actions)) > * > [data-testid] { order: 1; }
  [data-testid="stMainBlockContainer"] > * > [data-testid]:has(.st-key-explain) ~ [data-testid] {
    order: 2; }
"""
ABOVE = ".st-key-controls { row-gap: 0.3rem; }"  # few of them, two beside each other


class Frame(NamedTuple):
    """Where a page puts its views, presets, buttons, and the two or three controls that matter.

    Each has its place whether it is filled or not, so that nothing below it ever moves.
    """

    views: DeltaGenerator
    presets: DeltaGenerator
    actions: DeltaGenerator
    controls: DeltaGenerator
    others: DeltaGenerator
    waiting: DeltaGenerator  # empty unless there is something to wait for
    question: DeltaGenerator  # for a page that cannot tell it yet when it begins
    goal: DeltaGenerator | None  # where the link sets one

    def more(self) -> DeltaGenerator:
        """Where all further controls are folded away; in presenter mode all of them are."""
        return self.others if presenting() else folding_popover(self.others, "More", "more")


def open_page(question: str, movable: bool = True, few: bool = False) -> Frame:
    """Begin a page with the question it answers. Every page calls this first.

    One that has yet to find out what it is about begins with "" and asks (`ask`) when it knows.
    Views and presets end the question's line as far as there is room, and one row of controls
    follows them, buttons first. In presenter mode the buttons stay on the question's line, views
    and presets below it in one slim row; all else folds into a popover, where there is anything
    `movable`. On a phone held upright the controls follow the picture, unless they are `few`.
    """
    _tidied.ask()
    st.html(f"<style>{STYLE}{_phone(few)}{BIG if presenting() else ''}</style>")
    waiting = st.container(key="waiting").empty()
    line = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    place = line.container(horizontal=True, width="content")
    if question:
        ask(question, place)
    if presenting():
        end = line.container(horizontal=True, width="content", vertical_alignment="center")
        actions = end.container(horizontal=True, width="content")
        folded = controls_popover(end) if movable else end
        slim = st.container(horizontal=True, vertical_alignment="center", key="slim")
        if scene := scene_on():
            words = st.container(key="scene_caption")
            if scene.caption:
                words.markdown("&nbsp;" if scene_hides() else told(scene.caption))
        controls, others = folded.container(), folded.container()
        return Frame(slim, slim, actions, controls, others, waiting, place, place_for_goal())
    views, presets = (line.container(horizontal=True, width="content") for _ in range(2))
    goal = place_for_goal()
    row = st.container(horizontal=True, vertical_alignment="bottom", key="controls")
    actions = row.container(horizontal=True, width="content", key="actions")
    main = row.container(horizontal=True, vertical_alignment="bottom")
    others = row.container(horizontal=True, width="content", vertical_alignment="bottom")
    return Frame(views, presets, actions, main, others, waiting, place, goal)


def _phone(few: bool) -> str:
    if few:
        return f"@media {UPRIGHT} {{{ABOVE}}} @media {SIDEWAYS} {{{BELOW}}}"
    return f"@media {UPRIGHT}, {SIDEWAYS} {{{BELOW}}}"


def ask(question: str, place: DeltaGenerator) -> None:
    """Put the question that a page answers where it belongs; in a talk its scene's title.

    As long as the scene's own question is open that stands there: a title may give the answer away.
    """
    scene, asks = scene_on(), scene_asks()
    title = scene.title if scene else question
    title = asks.ask if asks and not scene_guess() else title
    place.title(title, anchor=False, width="content")
    if guess := guess_in_words():
        with place.container(key="scene_guess", width="content"):
            st.markdown(f"Your guess: **{as_written(guess, GUESS_LETTERS)}**")
