"""What uploads take of a server's memory: `python -m benchmarks.uploads [http://… PID] [WORDS]`.

Visitors bring large files again and again, refused ones and good ones, and leave. Sessions end
after two minutes; what the server holds then is compared with what it held before.
Without an address a server of its own is started, on MNIST (GLASSBOX_MNIST_DIR). With WORDS only
the scenes are played that have these in their names.
"""

import asyncio
import gzip
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.crowd import usage
from benchmarks.visit import Visit
from tests.browser.server import running_server
from ui.page import QUIET

SESSIONS_END = 150.0  # seconds: the two minutes of a session that was left, and a little
SETTLED = 2 * QUIET + 5  # after which the server has given back what nobody uses
LOOK = 0.05
MISSING = "Still missing: their labels"
OFFERED = "pixels to train on"  # what the page says when it shows what came


def large_idx() -> dict[str, bytes]:
    """60 MB of images that lack their labels."""
    images = np.random.default_rng(0).integers(0, 256, 60_000_000, np.uint8)
    head = np.array([8 * 256 + 3, 76_530, 28, 28], ">i4").tobytes()
    return {"train-images-idx3-ubyte": head + images[: 76_530 * 784].tobytes()}


def bomb() -> dict[str, bytes]:
    """A run's file of 190 KB that would unpack to 190 MB."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("theta.npy", "w", force_zip64=True) as member,
    ):
        np.lib.format.write_array(member, np.zeros(47_500_000, np.float32), (1, 0))
    return {"bomb.npz": file.getvalue()}


def whole_mnist() -> dict[str, bytes]:
    """A set as large as MNIST, compressed as well."""
    rng, file = np.random.default_rng(1), io.BytesIO()
    ink = np.zeros((2_000, 28, 28), np.uint8)
    ink[:, 9:19, 9:19] = rng.integers(0, 256, (2_000, 10, 10))
    np.savez_compressed(
        file,
        allow_pickle=False,
        x_train=np.tile(ink, (30, 1, 1)),
        y_train=np.arange(60_000).astype(np.uint8) % 10,
        x_test=np.tile(ink, (5, 1, 1)),
        y_test=np.arange(10_000).astype(np.uint8) % 10,
    )
    return {"mnist.npz": file.getvalue()}


def large_table() -> dict[str, bytes]:
    """Kaggle's table of 28,000 digits, 60 MB of text."""
    rng = np.random.default_rng(2)
    lines = [",".join(["label", *(f"pixel{i}" for i in range(784))])]
    rows = [",".join(map(str, rng.integers(0, 256, 784))) for _ in range(200)]
    lines += [f"{i % 10},{rows[i % 200]}" for i in range(21_500)]
    return {"train.csv": "\n".join(lines).encode()}


def large_archive() -> dict[str, bytes]:
    """A .zip of 196 MB: 30,000 images as IDX of doubles, and their labels."""
    images = np.random.default_rng(3).integers(0, 256, (30_000, 784)).astype(">f8")
    head = np.array([14 * 256 + 3, 30_000, 28, 28], ">i4").tobytes()
    labels = np.arange(30_000, dtype=np.uint8) % 10
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("images", head + images.tobytes())
        archive.writestr(
            "labels", np.array([8 * 256 + 1, 30_000], ">i4").tobytes() + labels.tobytes()
        )
    return {"archive.zip": file.getvalue()}


def many_pictures() -> dict[str, bytes]:
    """As many pictures as MNIST has to train on, a folder a class."""
    rng, file = np.random.default_rng(5), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for k in range(60_000):
            ink, picture = np.zeros((28, 28), np.uint8), io.BytesIO()
            ink[9:19, 9:19] = rng.integers(0, 256, (10, 10))
            Image.fromarray(ink).save(picture, "PNG")
            archive.writestr(f"training/{k % 10}/{k}.png", picture.getvalue())
    return {"pictures.zip": file.getvalue()}


def whole_emnist() -> dict[str, bytes]:
    """As many images as EMNIST has by class, in four gzipped IDX files: 640 MB unpacked."""
    rng, files = np.random.default_rng(4), dict[str, bytes]()
    for part, count in (("train", 697_932), ("test", 116_323)):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
            file.write(np.array([8 * 256 + 3, count, 28, 28], ">i4").tobytes())
            for first in range(0, count, 10_000):
                images = np.zeros((min(10_000, count - first), 28, 28), np.uint8)
                images[:, 6:22, 9:19] = rng.integers(0, 256, (len(images), 16, 10), np.uint8)
                file.write(images.tobytes())
        labels = rng.integers(0, 62, count, np.uint8)
        head = np.array([8 * 256 + 1, count], ">i4").tobytes()
        files[f"emnist-byclass-{part}-images-idx3-ubyte.gz"] = packed.getvalue()
        files[f"emnist-byclass-{part}-labels-idx1-ubyte.gz"] = gzip.compress(
            head + labels.tobytes(), 1
        )
    return files


def _box(visit: Visit, key: str) -> str:
    """The box for these files, another one after each use; "" while the page is drawn anew."""
    return next((name for name in visit.widgets if name.startswith(key)), "")


async def _bring(visit: Visit, key: str, files: dict[str, bytes], said: str) -> float:
    """Upload, and wait for the words that answer it; the seconds that took."""
    await visit.quiet()
    began, box = time.perf_counter(), _box(visit, key)

    def answered() -> bool:
        reading = "Reading what you brought" in visit.text or "Waiting to be read" in visit.text
        return _box(visit, key) not in ("", box) and said in visit.text and not reading

    await visit.upload(box, files)
    while not answered():
        await asyncio.sleep(LOOK)
    seconds = time.perf_counter() - began
    await visit.quiet()  # the words come before the button that keeps
    if keeps := [name for name in visit.widgets if name.endswith("_keep")]:
        await visit.press(keeps[0])
        await visit.quiet()
    return seconds


async def watched(pid: int, act: Awaitable[list[float]]) -> tuple[list[float], float]:
    """What was measured, and the most memory (MB) while it was."""
    most, done = 0.0, asyncio.ensure_future(act)
    while not done.done():
        most = max(most, usage(pid).rss)
        await asyncio.sleep(LOOK)
    return await done, most


async def once(server: str, key: str, files: dict[str, bytes], said: str) -> list[float]:
    """One visitor who brings it once."""
    async with Visit(server, "mnist") as visit:
        return [await _bring(visit, key, files, said)]


async def again(server: str, key: str, files: dict[str, bytes], said: str) -> list[float]:
    """One visitor who brings the same ten times."""
    async with Visit(server, "mnist") as visit:
        return [await _bring(visit, key, files, said) for _ in range(10)]


async def at_once(server: str, key: str, files: dict[str, bytes], said: str) -> list[float]:
    """Four visitors who bring it at the same time."""

    async def one() -> float:
        async with Visit(server, "mnist") as visit:
            return await _bring(visit, key, files, said)

    return list(await asyncio.gather(*(one() for _ in range(4))))


SCENES: tuple[tuple[str, Callable[..., Awaitable[list[float]]], str, Callable, str], ...] = (
    (
        "60 MB that lack their labels, ten times",
        again,
        "mnist_bring",
        large_idx,
        "Still missing: their labels",
    ),
    ("a 190 MB bomb, refused, ten times", again, "mnist_open", bomb, "not a run that Glassbox"),
    ("four bombs at once", at_once, "mnist_open", bomb, "not a run that Glassbox"),
    ("60,000 digits, kept, ten times", again, "mnist_bring", whole_mnist, OFFERED),
    ("60,000 digits, four at once", at_once, "mnist_bring", whole_mnist, OFFERED),
    ("once: a table of 60 MB, kept", once, "mnist_bring", large_table, OFFERED),
    ("once: an archive of 196 MB, kept", once, "mnist_bring", large_archive, OFFERED),
    ("an archive of 196 MB, four at once", at_once, "mnist_bring", large_archive, OFFERED),
    ("once: 60,000 pictures, kept", once, "mnist_bring", many_pictures, OFFERED),
    ("once: EMNIST by class, kept", once, "mnist_bring", whole_emnist, OFFERED),
)


async def measure(server: str, pid: int, words: str) -> None:
    """The scenes of these words, one after the other, and what is left when everybody has gone."""
    async with Visit(server, "mnist") as visit:
        await visit.quiet()
    await asyncio.sleep(SETTLED)
    before = usage(pid).rss
    print(f"after one visit: {before:.0f} MB")
    for name, scene, key, make, said in SCENES:
        if words not in name:
            continue
        files = make()
        used = usage(pid).cpu
        seconds, most = await watched(pid, scene(server, key, files, said))
        print(
            f"{name}: at most {most:.0f} MB, then {usage(pid).rss:.0f}; "
            f"{np.median(seconds):.1f} s each, at most {max(seconds):.1f}; "
            f"{usage(pid).cpu - used:.1f} s of processor, the page and keeping with it",
            flush=True,
        )
    await asyncio.sleep(SESSIONS_END)
    async with Visit(server, "mnist") as visit:  # Streamlit forgets old sessions when one comes
        await visit.quiet()
    await asyncio.sleep(SETTLED)
    after = usage(pid).rss
    print(f"when they have left: {after:.0f} MB, {after - before:+.0f}")


def main() -> None:
    """Measure a server that runs, or one of our own."""
    given = sys.argv[1:]
    if given and given[0].startswith("http"):
        asyncio.run(measure(given[0], int(given[1]), " ".join(given[2:])))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with running_server(home, home / "server.log") as server:
            asyncio.run(measure(server.address, server.process.pid, " ".join(given)))


if __name__ == "__main__":
    main()
