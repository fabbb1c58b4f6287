"""Sets that are known by their checksums, and called by their names."""

from collections.abc import Iterable
from typing import NamedTuple

from datasets.digits import TEN
from datasets.found import Found


class KnownSet(NamedTuple):
    """A set that was published, with the MD5 of each of its files, unpacked or as they came."""

    title: str
    classes: tuple[str, ...]
    sums: frozenset[str]


# MNIST: the original files, unpacked; the .gz as torchvision's mnist.py has them.
MNIST = """
6bbc9ace898e44ae57da46a324031adb a25bea736e30d166cdddb491f175f624
2646ac647ad5339dbf082846283269ea 27ae3e4e09519cfbb04c329615203637
f68b3c2dcbeaaa9fbdd348bbdeb94873 d53e105ee54ea40749a09fcbcd1e9432
9fb629c4189551a2d022fa330f9573f3 ec29112dd5afa0611ce80d1b7f02629c
"""
# Fashion-MNIST, unpacked: published side by side with torchvision's sums of the .gz in several
# repositories; the two of labels were computed anew from github.com/zalandoresearch/fashion-mnist.
# The .gz: torchvision's mnist.py.
FASHION = """
f4a8712d7a061bf5bd6d2ca38dc4d50a 9018921c3c673c538a1fc5bad174d6f9
8181f5470baa50b63fa0f6fddb340f0a 15d484375f8d13e6eb1aabb0c3f46965
8d4fb7e6c68d591d4c3dfef9ec88bf0d 25c81989df183df01b3e8a0aad5dffbe
bef4ecab320f06d8554ea6380940ec79 bb300cfdad3c16e7a12a480ee83cd310
"""
# KMNIST: torchvision's mnist.py, of the .gz only. Unpacked it is not known here.
KMNIST = """
bdb82020997e1d708af4cf47b453dcf7 e144d726b3acfaa3e44228e80efcd344
5c965bf0a639b31b8f53240b1b52f4d7 7320c461ea6c1c855c0b718fb2a4b134
"""
# QMNIST: the .gz as torchvision's mnist.py has them; of labels, also as bytes, unpacked and packed,
# computed from github.com/facebookresearch/qmnist. Its images are known as .gz only.
QMNIST = """
ed72d4157d28c017586c42bc6afe6370 0058f8dd561b90ffdd0f734c6a30e5e4
1394631089c404de565df7b7aeaf9412 5b5b05890a5e13444e108efe57b788aa
1d43300e7f41ddcbf7fd006cbe865af9 5e00709fb0090091f3afc51d204ad83c
1c42a8f34c1dc2650a74dd83ed34a9c9 15e8c8ed218c37aafd4c6faa40f93566
"""
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
)  # fmt: skip
HIRAGANA = ("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を")

KNOWN = [
    KnownSet(title, classes, frozenset(sums.split()))
    for title, classes, sums in (
        ("MNIST", TEN, MNIST),
        ("Fashion-MNIST", CLOTHES, FASHION),
        ("KMNIST", HIRAGANA, KMNIST),
        ("QMNIST", TEN, QMNIST),
    )
]


def recognised(found: Iterable[Found]) -> KnownSet | None:
    """The set that all of these files are of; None if there is none that is known."""
    files = list(found)
    for known in KNOWN:
        if all(file.sums & known.sums for file in files):
            return known
    return None
