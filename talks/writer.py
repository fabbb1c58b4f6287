"""Writes a talk into a file that `read_talk` reads back as the very same talk."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

import tomli_w

from talks.talk import Scene, Talk

HEAD = "# A talk of Glassbox. To change or give it, open it there: Give a talk, My talk.\n"


def write_talk(talk: Talk) -> bytes:
    """The talk's file: TOML in UTF-8. What is empty is left out."""
    said = {name: value for name, value in asdict(talk).items() if name != "scenes"}
    return "\n".join([HEAD, _lines(said), *map(_scene, talk.scenes)]).encode()


def link_of(scene: Scene) -> str:
    """A scene's page with its settings, as its file has it, on whatever server."""
    query = urlencode(scene.settings)
    return f"/{scene.page}?{query}" if query else f"/{scene.page}"


def _scene(scene: Scene) -> str:
    said = asdict(scene)
    question = said.pop("question")
    del said["page"], said["settings"]
    text = f"[[scene]]\n{_lines({'link': link_of(scene), **said})}"
    return f"{text}\n[scene.question]\n{_lines(question)}" if question else text


def _lines(said: dict[str, Any]) -> str:
    there = {name: value for name, value in said.items() if value}
    return tomli_w.dumps(there, multiline_strings=True)
