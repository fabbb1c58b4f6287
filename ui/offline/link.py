"""What a link asks for, without a page: which view, and with which settings."""

import functools
import importlib
import pkgutil
from dataclasses import replace
from typing import TypeVar

from recipes.settings import Choices, Range, Setting, Settings, Several, Switch, plain
from talks.talk import Scene
from ui.controls import misread, readable
from ui.pages import PAGES
from views.boundaries.opening import OPENING
from views.view import View

S = TypeVar("S", bound=Settings)


def first_of(page: str) -> View:
    """The view that the page of this name opens on."""
    if not page:
        return OPENING
    (first,) = [entry.first for entry in PAGES if entry.name == page]
    return importlib.import_module(f"views.{page}.{first}").VIEW


@functools.cache
def views_of(page: str) -> dict[str, View]:
    """All views of the page of this name, by what links call them."""
    if not page:
        return {OPENING.name: OPENING}
    package = importlib.import_module(f"views.{page}")
    files = [one.name for one in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(f"views.{page}.{name}") for name in files]
    found = [module.VIEW for module in modules if hasattr(module, "VIEW")]
    return {view.name: view for view in found}


def view_of(scene: Scene) -> tuple[View, list[str]]:
    """The view that a scene shows, and a sentence if its link asks for one that there is not."""
    first, views = first_of(scene.page), views_of(scene.page)
    name = dict(scene.settings).get(f"{scene.page}_view", first.name)
    if name in views:
        return views[name], []
    return first, [misread(Choices("Watch", "", tuple(views)), name, first.name)]


def settings_of(scene: Scene, kind: type[S]) -> tuple[S, list[str]]:
    """The settings that a scene's link has, and a sentence on each value that it cannot have.

    In the place of such a value is the default, as on a page.
    """
    said: dict[str, list[str]] = {}
    for key, text in scene.settings:
        said.setdefault(key, []).append(text)
    values, wrong = dict[str, object](), list[str]()
    for name, setting in kind.allowed().items():
        texts = said.get(kind.key(name))
        if not texts:
            continue
        old_words = kind.old_words().get(name, {})
        value = old_words[texts[0]] if texts[0] in old_words else _value(setting, texts)
        if setting.allows(value):
            values[name] = value
        else:
            wrong.append(misread(setting, ", ".join(texts), getattr(kind, name)))
    settings = kind(**values)
    for name in values:
        most, value = settings.most(name), getattr(settings, name)
        if most is not None and value > most:
            usual, setting = getattr(kind, name), kind.allowed()[name]
            assert isinstance(setting, Range)
            wrong.append(misread(setting._replace(high=most), plain(value), usual))
            settings = replace(settings, **{name: usual})
    return settings, wrong


def _value(setting: Setting, texts: list[str]) -> object:
    """What texts of a link stand for; None if that is nothing."""
    text = texts[0]
    match setting:
        case Choices():
            return next((value for value in setting.values if plain(value) == text), None)
        case Several():
            return tuple(texts)
        case Switch():
            return {"true": True, "false": False}.get(text)
        case Range():
            return type(setting.step)(float(text)) if readable(setting, text) else None
    return text
