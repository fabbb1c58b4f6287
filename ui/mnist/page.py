"""Shows the MNIST page: controls and buttons, the run's pictures, its words, what can be kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from figures.words import sentences
from recipes.before_after import in_words
from recipes.mnist import MnistSettings, presets_of, training_sizes
from runs.answers import moment_of, unseen_by
from runs.recording import Recording, recorded_run
from runs.run import Run
from ui.browser.address import write_address
from ui.browser.seen import remember
from ui.class_link import ForClass
from ui.controls import (
    complaints,
    in_more,
    misread_link,
    more_controls,
    read,
    respell_link,
    row_controls,
    still_said,
)
from ui.digits import PARAMETER as DATA, own_digits, servers_digits, where_they_are_from
from ui.explain import explain, link_to
from ui.goal import misread_goal, say_goal
from ui.held import held_in_address, hold
from ui.lock import anything_moves, few_move, free, misread_lock
from ui.mnist.buttons import run_buttons, why_not_on
from ui.mnist.keep import keep_and_bring
from ui.mnist.live import live
from ui.mnist.look import look_from_link, look_into, set_beside, to_look_at
from ui.mnist.saved import saved_digits
from ui.mnist.unit import PARAMETER as UNIT, unit_that_is_open
from ui.page import ask, open_page
from ui.presenter import presenting
from ui.runs import DELETED, PARAMETER as RUN, current_run
from ui.show import chosen_view, next_step, preset_pills
from ui.unknown import unknown_in_link
from views.mnist.take_along import LATEST, take_along
from views.mnist.training.look import BRING, TRAIN, Numbers, Settings
from views.mnist.training.paper import TRIED_ON
from views.mnist.training.subject import question
from views.view import View

GESTURES = {  # what can be done on this page besides moving a control
    TRAIN: "Start, pause and stop trainings",
    BRING: "Save, open and bring files",
}

NOT_TRAINED = f"Without *{GESTURES[TRAIN]}* nothing is trained with what they move."


def show_mnist(views: Sequence[View]) -> None:
    """A page on which a network is trained on small images, or looked at as it is.

    Its question and its presets' names are true of what is trained on, which may be brought. The
    first view shows it train, all others look into it.
    """
    frame = open_page("", anything_moves(views, GESTURES), few_move(views))
    servers = servers_digits(frame.waiting)
    respell_link([view.settings for view in views])
    known = {view.name: view for view in views}
    run = current_run(servers)
    own = own_digits(run)
    offered = {"images": training_sizes(len((own or servers).x_train))}
    hold(views, offered)
    view, wrong = chosen_view(frame, known)
    misread = wrong + misread_link(view.settings, offered) + unknown_in_link(views)
    misread += misread_lock(views, GESTURES) + misread_goal()
    misread += look_from_link(view.settings, views)
    here = own.few(TRIED_ON) if own else servers
    asked = question(run.digits if run else here.subject)
    ask(asked, frame.question)
    with frame.controls:
        row_controls(view.settings)
    if in_more(view.settings):
        with frame.more():
            more_controls(view.settings, offered)
    settings = read(view.settings)
    first, *_ = views
    known[first.name] = replace(first, presets=presets_of(here.subject))
    preset_pills(frame.presets, settings.recipe, known)
    if free(TRAIN):
        run_buttons(run, lambda: read(view.settings).recipe, here, frame.actions, frame.others)
    if address := held_in_address(views):
        write_address(address)

    shown = run or recorded_run(Recording.of(settings.recipe))
    sized = _sized(settings, offered["images"])
    if view is first:
        _trains(
            view,
            views,
            run,
            shown,
            settings,
            own or servers,
            here,
            asked,
            misread,
            sized,
            frame.goal,
        )
    else:
        say_goal(frame.goal, view, views)
        _looked_into(view, views, run, shown, settings, own or servers, here, asked, misread, sized)
    if run:
        remember(run.id, in_words(run.settings, run.digits))
    if not presenting():  # there the picture and its words fill the screen
        where_they_are_from(own or servers, run, free(BRING))
        if free(BRING):
            keep_and_bring(shown, here, settings.recipe)


def _trains(
    view: View[Any, Numbers],
    views: Sequence[View],
    run: Run | None,
    shown: Run,
    settings: Settings,
    digits: Digits,
    here: Digits,
    asked: str,
    misread: list[str],
    sized: Mapping[str, str],
    goal: DeltaGenerator | None,
) -> None:
    """The run as it trains: pictures, paper, and words."""
    unit, no_unit = unit_that_is_open(shown, settings.wall_layer)
    pictures, words = st.container(), list[DeltaGenerator]()
    notes = sentences(*_wrong(view, misread, settings), no_unit)
    now = view.numbers(settings, shown, here=here)
    link = link_to(settings, **_named(run, here, unit), **sized)
    explain(
        lambda: words.append(st.container()),
        view.maths(now) if callable(view.maths) else view.maths,
        view.code(now) if callable(view.code) else view.code,
        link,
        [
            saved_digits(asked, view, shown, settings, here),
            take_along(shown, moment_of(shown, LATEST), unseen_by(shown, here)),
        ],
        next_step=next_step(view, settings, now, settings.page),
        for_class=ForClass(
            asked,
            view,
            views,
            settings,
            link,
            GESTURES,
            about=_of_ticked,
            found=view.measured(now) if view.measured else None,
        ),
    )
    with pictures:
        live(view, shown, settings, here, digits, unit, notes, words[0], goal)


def _looked_into(
    view: View,
    views: Sequence[View],
    run: Run | None,
    shown: Run,
    settings: Any,
    digits: Digits,
    here: Digits,
    asked: str,
    misread: list[str],
    sized: Mapping[str, str],
) -> None:
    """What goes on in the run's network: a picture and words."""
    words = look_into(view, shown, settings, digits)
    named = _named(run, digits, 0)
    why = "" if presenting() or not free(TRAIN) else why_not_on(run, settings.recipe, here)
    notes = sentences(*_wrong(view, misread, settings), why)
    unseen = to_look_at(shown, digits)
    now = view.numbers(settings, shown, unseen, *set_beside(settings, digits))
    link = link_to(settings, view.name, **named, **sized)
    explain(
        lambda: words(notes),
        view.maths(now) if callable(view.maths) else view.maths,
        view.code(now) if callable(view.code) else view.code,
        link,
        [take_along(shown, now.look.moment, unseen)],
        next_step=next_step(view, settings, now, settings.page, {**named, **sized}),
        for_class=ForClass(asked, view, views, settings, link, GESTURES, about=_of_ticked),
    )


def _of_ticked(ticked: Collection[str]) -> str:
    """What a teacher has to know who lets these move."""
    trains = set(ticked) & set(MnistSettings.allowed())
    return NOT_TRAINED if trains and TRAIN not in ticked else ""


def _wrong(view: View, misread: list[str], settings: Settings) -> list[str]:
    """A sentence for all that cannot be as it was asked for, and one for what was deleted."""
    deleted = st.session_state.get(DELETED, "")
    return [*still_said(misread, settings), *complaints(view.settings), deleted]


def _sized(settings: Settings, written: Mapping[int, str]) -> dict[str, str]:
    """How the link has the number of training images, as their control writes it."""
    usual = settings.images == type(settings).images
    return {} if usual else {settings.key("images"): written[settings.images]}


def _named(run: Run | None, digits: Digits, unit: int) -> dict[str, str]:
    """What the link names besides the settings."""
    names = {RUN: run.id if run else "", DATA: digits.name, UNIT: str(unit or "")}
    return {name: value for name, value in names.items() if value}
