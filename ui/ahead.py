"""What the next scenes of a talk read once for this server, read while this one is shown.

So the first visit to a page of images does not keep an audience waiting.
"""

import functools
import threading

from runs.recording import Recording, recorded_run, recorded_trust
from runs.shelf import shelf
from talks.talk import Talk

SCENES = 3  # so many of the next ones are looked at
OF_IMAGES = "mnist"


def read_ahead(talk: Talk, number: int) -> None:
    """Begin with what the scenes after this one, counted from 1, will need. Nobody waits for it."""
    if any(scene.page == OF_IMAGES for scene in talk.scenes[number : number + SCENES]):
        _images_once()


@functools.cache
def _images_once() -> None:
    threading.Thread(target=_images, daemon=True).start()


def _images() -> None:
    shelf().digits()
    for which in Recording:
        recorded_run(which)
    recorded_trust()
