"""MNIST from a public mirror, checked against the checksums of the original files."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from datasets.idx import DataError

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# MD5 of the four gzip files as they were first published, the same that torchvision checks.
CHECKSUMS = {
    "train-images-idx3-ubyte.gz": "md5:f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "md5:d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "md5:9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "md5:ec29112dd5afa0611ce80d1b7f02629c",
}
TIMEOUT = 4  # seconds for a connection, and for every silence on it
CHUNK = 1 << 17  # bytes between two reports

Progress = Callable[[str, float], None]


class _Bar:
    """What pooch calls a progress bar: told the total and each chunk, it reports a fraction."""

    def __init__(self, name: str, report: Progress) -> None:
        self.name, self.report, self.total, self.done = name, report, 0, 0

    def update(self, size: int) -> None:
        self.done += size
        self.report(self.name, min(1.0, self.done / max(self.total, 1)))

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        pass


def download_mnist(
    folder: Path,
    report: Progress = lambda name, fraction: None,
    mirrors: Sequence[str] = MIRRORS,
    checksums: dict[str, str] = CHECKSUMS,
) -> None:
    """Put the four files into `folder`, each from the first mirror that has it whole.

    A file that is already there with the right checksum is kept; one that fails its checksum, or
    whose connection is cut, leaves nothing behind. `report(name, fraction)` hears of every chunk.
    DataError, one sentence, if a file could be had from no mirror.
    """
    import pooch  # a quarter of a second that only those who need the download wait
    import requests

    pooch.get_logger().setLevel(logging.ERROR)
    for name, checksum in checksums.items():
        for mirror in mirrors:
            downloader = pooch.HTTPDownloader(
                progressbar=_Bar(name, report), chunk_size=CHUNK, timeout=TIMEOUT
            )
            try:
                pooch.retrieve(mirror + name, checksum, name, folder, downloader=downloader)
                report(name, 1.0)
                break
            except requests.HTTPError as error:
                status = "with an error" if error.response is None else error.response.status_code
                reason = f"the mirror answered {status}"
            except requests.RequestException:
                reason = "no connection, or one that was cut"
            except ValueError:
                reason = "what came did not match its checksum"
            except OSError as error:
                system = error if error.strerror else error.__cause__  # pooch wraps the system's
                why = getattr(system, "strerror", None) or "no reason given"
                raise DataError(f"{name} could not be kept in {folder} ({why}).") from error
        else:
            raise DataError(f"{name} could not be downloaded: {reason}.")
