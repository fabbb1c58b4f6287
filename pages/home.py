"""Home: what this is, in one living picture, and the way to the rooms."""

from figures.words import sentences
from recipes.boundaries import BoundariesSettings
from ui.controls import header_misread, still_said
from ui.explain import link_to
from ui.goal import misread_goal
from ui.lock import misread_lock
from ui.page import open_page
from ui.rooms import offer_rooms
from ui.scene import scene_mark
from ui.show import show_view
from views.boundaries.opening import OPENING

QUESTION = "Watch a neural network learn, and open any number in it"
frame = open_page(QUESTION, movable=False)

offer_rooms(frame.controls, frame.actions)

settings = BoundariesSettings()
wrong = [*header_misread(), *misread_lock([OPENING]), *misread_goal()]
show_view(
    QUESTION,
    OPENING,
    settings,
    frame.waiting,
    frame.actions,
    key=f"home_{{}}{scene_mark()}",
    notes=sentences(*still_said(wrong, settings)),
    link=link_to(settings),
    views=(OPENING,),
    goal=frame.goal,
)
