"""`python -m talks.export`: writes a talk that plays without the app."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from recipes.threads import one_blas_thread
from talks.built_in import built_in_names, built_in_talk
from talks.reader import BrokenTalk, read_talk
from talks.talk import Talk
from ui.offline.digits import digits_for
from ui.offline.file import as_folder, as_html, making
from ui.pages import PAGE_NAMES

COMMAND = "python -m talks.export"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the talk that the arguments name; 0, or 1 after a sentence on what is wrong."""
    parser = argparse.ArgumentParser(
        COMMAND, description="Write a talk that plays without the app."
    )
    parser.add_argument("talk", help=f"a file, or one of {', '.join(built_in_names())}")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--to", type=Path, help="the HTML file; else it is named after the talk")
    where.add_argument("--folder", type=Path, help="a folder, with the same in several files")
    asked = parser.parse_args(arguments)
    one_blas_thread()
    try:
        name, talk = found(asked.talk)
        scenes = []
        for number, scene in enumerate(making(talk, digits_for(talk)), 1):
            print(f"{number} of {len(talk.scenes)}: {talk.scenes[number - 1].title}")
            if scene.missing:
                print(f"   {scene.missing}")
            scenes.append(scene)
        if asked.folder:
            asked.folder.mkdir(parents=True, exist_ok=True)
            files = {asked.folder / one: text for one, text in as_folder(talk, scenes).items()}
        else:
            files = {asked.to or Path(f"{name}.html"): as_html(talk, scenes)}
        for file, text in files.items():
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {file}: {file.stat().st_size:,} bytes")
    except (BrokenTalk, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def found(asked: str) -> tuple[str, Talk]:
    """The talk of this name, or in this file, and what to call it.

    BrokenTalk if there is none, OSError if the file cannot be read.
    """
    if (talk := built_in_talk(asked, PAGE_NAMES)) is not None:
        return asked, talk
    file = Path(asked)
    if not file.is_file():
        known = ", ".join(built_in_names())
        raise BrokenTalk(f"“{asked}” is neither a file nor one of the talks here: {known}.")
    return file.stem, read_talk(file.read_bytes(), PAGE_NAMES)
