"""Shows any view: its controls, its numbers, its picture, its words, its link."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures.words import sentences
from recipes.settings import Choices, Preset, Settings
from ui.along import step_by_keys
from ui.brought import (
    about_start,
    own_start,
    own_text,
    start_from_link,
    start_in_link,
    usual_start_button,
)
from ui.browser.address import write_address
from ui.captions import CHANGED, caption_of, link_note, moment_of, said_of, saved_film
from ui.class_link import ForClass
from ui.controls import (
    beyond_link,
    complaints,
    in_more,
    misread,
    misread_link,
    more_controls,
    open_view,
    put,
    read,
    respell_link,
    row_controls,
    still_said,
)
from ui.explain import explain, link_to, say
from ui.goal import asked_for, misread_goal, say_goal
from ui.held import held_in_address, hold, hold_one, may_open
from ui.keeping import go_on as keep_on, keep_in_link, keep_switch
from ui.lock import (
    CHANGE,
    KEEP,
    OWN,
    PLACE,
    PREDICT,
    VIEWS,
    anything_moves,
    few_move,
    free,
    gestures_of,
    locked,
    misread_lock,
)
from ui.made import made, slow_work
from ui.moment import PARAMETER as MOMENT
from ui.other_links import open_from_link, other_links_box
from ui.page import Frame, open_page
from ui.pictures import show_picture
from ui.points import about_them, own_points_of, points_in_address, table_button
from ui.predict import (
    GUESS,
    Guess,
    ask,
    guess_first,
    predict_in_link,
    predict_switch,
    with_guess,
)
from ui.presenter import presenting
from ui.scene import bar_asks, scene_asks, scene_mark, scene_on
from ui.slow import begin, go_on
from ui.try_this import show_try_this
from ui.unknown import unknown_in_link
from views.view import View


def show_page(question: str, views: Sequence[View]) -> None:
    """A page: the question it answers, and one of the views it offers."""
    frame = open_page(question, anything_moves(views), few_move(views))
    link = st.query_params.to_dict()
    respell_link([view.settings for view in views])
    known = {view.name: view for view in views}
    opened = open_from_link(views)
    hold(views)
    view, wrong = chosen_view(frame, known)
    wrong += opened or misread_link(view.settings)
    wrong += unknown_in_link(views) + misread_lock(views) + misread_goal()
    with frame.controls:
        row_controls(view.settings)
    with frame.more() if has_more(view) else frame.others:
        with st.container(horizontal=True):
            wrong += predict_switch(view) + keep_switch(view)
        more_controls(view.settings)
        own = own_text(view.written, read(view.settings)) if view.written and free(OWN) else None
    wrong += own_points_of(view.settings)
    if free(PLACE):
        table_button(view.settings, frame.others)
    chosen = read(view.settings)
    if view.stepped and free(view.stepped):
        step_by_keys(view.settings, view.stepped)
    wrong += beyond_link(link, chosen)
    preset_pills(frame.presets, chosen, known)
    settings, replaced = chosen.settled()
    for does, (sign, turn) in view.turns.items():
        if not may_open(turn(settings)):
            continue
        key = view.settings.key(f"turn_{sign}")
        frame.controls.button(
            sign,
            key=key,
            help=does,
            on_click=lambda turn=turn: put(turn(read(view.settings).settled()[0])),
        )
    shared: dict[str, str] = {}
    wrong += keep_on(view, settings)
    if view.trains_on is not None:
        wrong += start_from_link(view.trains_on, settings)
        if (own := own_start(settings)) and free(CHANGE):
            usual_start_button(frame.actions, settings)
        shared = start_in_link(settings, own)
    guess, misguessed = guess_first(view, settings, own)
    wrong += misguessed
    if address := in_address(view, shared, guess) | held_in_address(views):
        write_address(address)
    about = about_them(settings, presenting())
    began = about_start(own) if view.trains_on else ""
    notes = [*still_said(wrong, chosen), *complaints(view.settings), *replaced, about, began]
    show_view(
        question,
        view,
        settings,
        frame.waiting,
        frame.actions,
        key=f"{view.settings.page}_{{}}{scene_mark()}",
        own=own,
        notes=sentences(*notes),
        link=link_to(
            chosen,
            "" if view is views[0] else view.name,
            **shared,
            **keep_in_link(view),
            **predict_in_link(view),
        ),
        shared=shared,
        page=view.settings.page,
        guess=guess,
        views=views,
        goal=frame.goal,
    )


def has_more(view: View) -> bool:
    """Whether there is anything to be folded away, besides what stands in the row."""
    switches = {PREDICT, KEEP, OWN} & set(gestures_of(view, ()))
    return bool(in_more(view.settings)) or any(map(free, switches))


def in_address(
    view: View, shared: Mapping[str, str], guess: Guess | None
) -> dict[str, str | list[str]]:
    """What the page's address has that no control writes there: points, a start, a guess."""
    start = {} if view.trains_on is None else {view.settings.key("own"): ""}
    asks = view.predict is not None and scene_asks() is None  # whose guess the talk's bar writes
    guessed = {GUESS: guess.taken if guess else ""} if asks else {}
    return {**points_in_address(view.settings), **start, **shared, **guessed}


def chosen_view(frame: Frame, known: Mapping[str, View]) -> tuple[View, list[str]]:
    """The view that the reader or the link chose, and what the link got wrong about it.

    A page of one view offers no choice.
    """
    first, *others = known.values()
    if not others:
        return first, []
    key, setting = first.settings.key(VIEWS), Choices("Watch", "", tuple(known))
    asked = st.query_params.get_all(key)
    wrong = [misread(setting, text, first.name) for text in asked if text not in known]
    if not free(VIEWS):
        hold_one(key, setting, first.name)
        return known[st.session_state[key]], wrong
    with frame.views:
        name = st.segmented_control(
            setting.label,
            setting.values,
            default=first.name,
            key=key,
            required=True,
            bind="query-params",
            label_visibility="collapsed",
        )
    return known[name or first.name], wrong


def preset_pills(place: DeltaGenerator, now: Settings, known: Mapping[str, View]) -> None:
    """The presets of all views as a row of pills; the one that the page's settings are is lit.

    Call it after the widgets, which a pill sets, into a place that may stand before them.
    """
    presets: dict[str, tuple[View, Preset]] = {
        name: (view, preset)
        for view in known.values()
        for name, preset in view.presets.items()
        if may_open(preset.settings, view.name)
    }
    if not presets or (locked() and all(one.settings == now for _, one in presets.values())):
        return
    key = now.key("preset")
    lit = [name for name, (_, preset) in presets.items() if preset.settings == now]
    st.session_state[key] = lit[0] if lit else None

    def apply() -> None:
        if (name := st.session_state[key]) is None:
            return
        view, preset = presets[name]
        if len(known) > 1:
            open_view(view.name, preset.settings)
        else:
            put(preset.settings)

    with place:
        st.pills("Presets", presets, key=key, on_change=apply, label_visibility="collapsed")


def show_view(
    question: str,
    view: View,
    settings: Settings,
    waiting: DeltaGenerator,
    asked_at: DeltaGenerator,
    key: str,
    own: str | None = None,
    notes: str = "",
    link: str = "",
    shared: Mapping[str, str] = MappingProxyType({}),
    page: str = "",
    guess: Guess | None = None,
    views: Sequence[View] = (),
    goal: DeltaGenerator | None = None,
) -> None:
    """Numbers, picture, words and link of a view with these settings, under its page's question.

    `key` names the picture for good, with a place {} for which of the view's pictures it is; `own`
    is what the reader brought, an emptied box too; `notes` are said before the caption; `shared`
    is what the link has of the start the reader brought; `page` is the name of the one this is on;
    `guess` is what comes before the result, which is not begun as long as it is asked for. `views`
    are all of the page, `goal` is where the one stands that its link sets. What an audience may ask
    stands below the picture, on a projector, where no room is, in `asked_at`.
    What is slow trains in between, while the picture stands and every control works.
    """
    for_class = ForClass(question, view, views, settings, link, movable=bool(page))
    if guess and not guess.taken:
        say_goal(goal, view, views)
        show_question(view, settings, guess, key, own, notes, link, shared, for_class)
        return
    work = None
    if view.growing:
        asked = view.shared(settings) if view.shared else settings
        work = slow_work((view.settings.page, view.name), asked, own, view.growing)
        numbers = begin(work, waiting)
        if view.seen_by:
            numbers = view.seen_by(numbers, settings)
    else:
        numbers = made((view.settings.page, view.name), settings, own, view.numbers)
    for_class = for_class._replace(found=view.measured(numbers) if view.measured else None)
    brief = presenting()
    say_goal(goal, view, views, numbers)
    picture = view.picture(numbers, brief)
    begins = scene_on() is not None and not view.opening
    at, wrong = moment_of(picture, st.query_params.get(MOMENT, ""), begins)
    notes = sentences(notes, wrong)
    said = said_of(view.caption(numbers, brief), "")
    if guess:
        said = with_guess(guess, said, numbers, whole=work is None or work.finished)
    said = said_of(said, notes)
    show_picture(picture, view, settings, key, at, said, guess)
    caption = caption_of(said, picture, key, notes)
    downloads = saved_film(view.saved_as, picture, question, said, sentences(notes, CHANGED))
    if view.downloads:
        downloads += view.downloads(numbers)
    step = next_step(view, settings, numbers, page)
    asked = view.asked(numbers) if view.asked else {}
    explain(
        (lambda: say(notes or "&nbsp;")) if bar_asks() else caption,
        view.maths(numbers) if callable(view.maths) else view.maths,
        view.code(numbers) if callable(view.code) else view.code,
        link,
        downloads,
        link_note(picture, own is not None and view.trains_on is not None, bool(shared)),
        view.code_note(numbers) if callable(view.code_note) else view.code_note,
        None if asked else step,
        other_links_box(view),
        for_class,
    )
    if asked and brief:
        with asked_at.popover("Questions"), st.container(key="asked"):
            st.markdown("\n\n".join(f"**{one}** {says}" for one, says in asked.items()))
    elif asked:
        with st.container(horizontal=True, vertical_alignment="center"):
            for question, answer in asked.items():
                with st.popover(question):
                    st.markdown(f"**{question}** {answer}")
            if step:
                step()
    if work:
        go_on(work)


def show_question(
    view: View,
    settings: Settings,
    guess: Guess,
    key: str,
    own: str | None,
    notes: str,
    link: str,
    shared: Mapping[str, str],
    for_class: ForClass,
) -> None:
    """What a guess is asked for: the view as it is before there is any result, and the question.

    The arguments are those of `show_view`.
    """
    assert view.predict is not None
    numbers = view.predict.before(*((settings,) if own is None else (settings, own)))
    picture = view.picture(numbers, presenting())
    show_picture(picture, view, settings, key, guess=guess)
    explain(
        lambda: ask(guess, notes),
        view.maths(numbers) if callable(view.maths) else view.maths,
        view.code(numbers) if callable(view.code) else view.code,
        link,
        link_note=link_note(picture, own is not None and view.trains_on is not None, bool(shared)),
        code_note=view.code_note(numbers) if callable(view.code_note) else view.code_note,
        other_links=other_links_box(view),
        for_class=for_class,
    )


def next_step(
    view: View,
    settings: Settings,
    numbers: Any,
    page: str,
    named: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[], None] | None:
    """What shows what to try next, on the page of this name; on a projector there is no room.

    Where the page's link locks what would have to move, nothing does, nor where it sets a goal, of
    which a suggestion would be the answer, or lead away from it.

    `named` is what its link has besides settings.
    """
    if view.try_this is None or presenting() or any(asked_for()):
        return None
    suggestion = view.try_this(settings, numbers)
    if not suggestion or (locked() and suggestion.settings.page != page):
        return None
    may = not suggestion.also or free(suggestion.also)
    if not may or not may_open(suggestion.settings, suggestion.view):
        return None
    return lambda: show_try_this(suggestion, page, named)
