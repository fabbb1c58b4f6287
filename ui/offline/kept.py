"""The files of talks that this server has made: once for all who ask, as other slow work is."""

from collections.abc import Iterator

from datasets.digits import Digits
from runs.kept import Kept
from runs.work import HowFar, Tell, Work
from talks.talk import Talk
from ui.offline.digits import digits_for
from ui.offline.file import as_html, making
from ui.offline.piece import SceneInFile

MOST = 12_000_000  # bytes that all of them take
A_LOOK = 0.5  # seconds between two wishes that it goes on

_kept: Kept[Work[str]] = Kept(
    MOST, lambda work: len((work.so_far or "").encode()), lambda work: work.wanted
)


def file_of(talk: Talk) -> str:
    """The talk as one HTML file. Whoever asks waits until it is made; nobody else does."""
    here = digits_for(talk)  # before: what is looked for needs a turn, too
    work = _kept.get(talk, lambda: Work(lambda tell: _growing(talk, here, tell)))
    while not work.finished:
        work.go_on()
        work.wait(A_LOOK)
        _ = work.numbers  # what made it fail is raised
    return work.first_numbers()


def _growing(talk: Talk, here: Digits | None, tell: Tell) -> Iterator[str]:
    """Nothing, after each scene, and in the end the file."""
    scenes, of = list[SceneInFile](), len(talk.scenes)
    for scene in making(talk, here):
        scenes.append(scene)
        tell(HowFar(len(scenes) / (of + 1), "Making the file", f"{len(scenes)} of {of} scenes"))
        yield ""
    whole = as_html(talk, scenes)
    tell(HowFar(1.0, "Making the file"))
    yield whole
