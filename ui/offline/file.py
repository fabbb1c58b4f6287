"""The file: the player, the parts that its scenes have, and what each of them gets.

All of it is classic scripts and one style, which a file has in it and a folder beside it. But for
the player they are compressed, Plotly's, too, where a scene has a chart: every browser since 2023
unpacks them.
"""

import base64
import functools
import gzip
import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from datasets.digits import Digits
from talks.talk import Question, Scene, Talk
from ui.browser import player
from ui.browser.chart.script import FILE as PLOTLY
from ui.browser.join import DEFAULT, joined
from ui.browser.part import read, texts
from ui.browser.saved import plain
from ui.offline.piece import SceneInFile
from ui.offline.scene import scene_in_file
from ui.predict import DRAW

BROWSER = Path(player.__file__).parent.parent
WITHIN = {"race": "stage"}  # what a part has in it of another
TALK = "talk"  # the part that goes from scene to scene
PAGE = """<!doctype html>
<html lang="en" data-big>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{style}
{player}
{scripts}
</html>
"""


def making(talk: Talk, here: Digits | None) -> Iterator[SceneInFile]:
    """What a file has of each scene of a talk, one after the other: some of them train.

    `here` are the images that it needs (`digits_for`).
    """
    return (scene_in_file(scene, here) for scene in talk.scenes)


def as_html(talk: Talk, scenes: Sequence[SceneInFile]) -> str:
    """The talk as one HTML file; `scenes` are all that `making` made."""
    style, scripts = _pieces(talk, scenes)
    inside = [f"<script>\n{text}\n</script>" for text in scripts.values()]
    return _page(talk, f"<style>\n{style}</style>", inside)


def as_folder(talk: Talk, scenes: Sequence[SceneInFile]) -> dict[str, str]:
    """The same as several files of a folder, by their names; index.html opens it."""
    style, scripts = _pieces(talk, scenes)
    beside = [f'<script src="{name}"></script>' for name in scripts]
    index = _page(talk, '<link rel="stylesheet" href="talk.css">', beside)
    return {"index.html": index, "talk.css": style, **scripts}


def _page(talk: Talk, style: str, scripts: Sequence[str]) -> str:
    html = read(BROWSER / "player" / "player.html")
    return PAGE.format(
        title=escape(talk.title), style=style, player=html, scripts="\n".join(scripts)
    )


def _pieces(talk: Talk, scenes: Sequence[SceneInFile]) -> tuple[str, dict[str, str]]:
    """The style, and the scripts in their order, by the names of files."""
    names = [TALK, *sorted({piece.part for scene in scenes for piece in scene.pieces})]
    parts = {name: texts(BROWSER / name, _within(name)) for name in names}
    css = [read(BROWSER / "saved.css"), *(part.css for part in parts.values())]
    calls = ",\n".join(
        f"{name}: {{ html: {_as_js(part.html)}, call: {_call(part.js)} }}"
        for name, part in parts.items()
    )
    packed = {
        "parts": _packed(f"globalThis.glassboxParts = {{\n{calls}\n}};".encode()),
        "plotly": _plotly() if "chart" in names else "",
        "scenes": _packed(_message(talk, scenes)),
    }
    scripts = {
        f"{name}.js": f'(globalThis.glassboxPacked ??= {{}}).{name} = "{content}";'
        for name, content in packed.items()
        if content
    }
    scripts["player.js"] = f"{joined(BROWSER / 'player' / 'player.js')}\nopenTalk();"
    return "".join([*css, read(BROWSER / "player" / "player.css")]), scripts


def _within(name: str) -> Path | None:
    return BROWSER / WITHIN[name] if name in WITHIN else None


def _call(module: str) -> str:
    """A part's modules as an expression: what Streamlit calls, with names of its own."""
    return f"(() => {{\n{DEFAULT.sub('return function (', module)}\n}})()"


def _as_js(text: str) -> str:
    """A text as a script can hold it: nothing in it ends the script."""
    return json.dumps(text).replace("</", "<\\/")


@functools.cache
def _plotly() -> str:
    """Plotly's script, compressed, made once."""
    return _packed(PLOTLY.read_bytes())


def _packed(content: bytes) -> str:
    """The same as base64 of gzip, byte for byte whenever it is made."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


def _message(talk: Talk, scenes: Sequence[SceneInFile]) -> bytes:
    """What the player gets (`TalkFile` in messages.d.ts), as JSON. Networks are there once."""
    networks: dict[str, Any] = {}
    for piece in [piece for scene in scenes for piece in scene.pieces if piece.part == "pad"]:
        networks |= {network["key"]: network for network in piece.data["networks"]}
    message = {
        "title": talk.title,
        "about": talk.about,
        "networks": networks,
        "scenes": [_scene(*both) for both in zip(talk.scenes, scenes, strict=True)],
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _scene(scene: Scene, made: SceneInFile) -> dict[str, Any]:
    question = _asked(scene, made)
    return {
        "title": scene.title,
        "caption": plain(scene.caption),
        "notes": scene.notes,
        "ask": question.ask,
        "answers": list(question.answers),
        "number": question.number,
        "of": question.of,
        "sketch": made.draws,
        "how": plain(DRAW[made.draws]) if made.draws else "",
        "over": scene.begins_as_film,
        "pieces": [
            {"part": part, "share": share, "data": _without_networks(part, data)}
            for part, data, share in made.pieces
        ],
        "said": [{"since": since, "words": plain(words)} for since, words in made.said],
        "edited": plain(made.edited),
        "begins": made.begins,
        "missing": made.missing,
        "samples": made.samples,
    }


def _asked(scene: Scene, made: SceneInFile) -> Question:
    """What is asked of a scene: nothing where what comes, or what is to be drawn, is not here."""
    asks = scene.question
    if asks is None or made.missing or (asks.sketch and not made.draws):
        return Question("")
    return asks


def _without_networks(part: str, data: dict[str, Any]) -> dict[str, Any]:
    return data | {"networks": [one["key"] for one in data["networks"]]} if part == "pad" else data
