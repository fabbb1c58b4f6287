"""Which hidden layer of a network is looked at, in the views that look at one."""

from typing import Any

from nn_core import Sequential
from recipes.settings import APART, between

LAST, MOST = 0, 9


def layer_setting() -> Any:
    """Of which hidden layer the units are shown."""
    return between(LAST, LAST, MOST, 1, "Hidden layer", "Its number; 0 is the last.", stands=APART)


def layer_of(asked: int, net: Sequential) -> tuple[int, str]:
    """The hidden layer, from 0 on, and a sentence if it is another than was asked for."""
    layers = len(net.dense) - 1
    if asked <= layers:
        return (asked or layers) - 1, ""
    has = "one hidden layer" if layers == 1 else f"{layers} hidden layers"
    return layers - 1, f"This network has {has}, no layer {asked}, so here is the last."
