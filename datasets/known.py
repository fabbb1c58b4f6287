"""Sets that are known, by some of their images or by their files' checksums, and called by name."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from datasets.digits import TEN
from datasets.found import Found


class KnownSet(NamedTuple):
    """A set that was published."""

    title: str
    classes: tuple[str, ...]
    images: int  # how many it has
    marks: frozenset[str] = frozenset()  # of those of its images that `marks_of` picks
    sums: frozenset[str] = frozenset()  # MD5 of each of its files, unpacked or as they came


class Recognised(NamedTuple):
    """A known set, and how sure that is."""

    known: KnownSet
    compared: int = 0  # images that were looked up among its own
    alike: int = 0  # that are there, with the same label


FEWEST_COMPARED = 5  # by chance one in 60,000 is alike
MOST_OF_THEM = 0.8  # of those that were looked up must be there
SIDE = 28  # pixels along an edge, of all of them
PART = "part of "  # before the name of a set of which something is missing
PICKED = "00"  # how the mark of an image begins that is looked up: about one in 256

# What follows are the marks of a set's images, without how they begin.
# MNIST: computed from the original files, whose MD5s are those that torchvision's mnist.py has.
MNIST = """
002f39 004a51 00c647 024251 0502bf 058a4b 059a6c 064d83 0662d1 074cbb 07d3ef 08ebe2 093abd 0a01bd
0b6a48 0b7c47 0d2b68 0da79f 0ea802 0edc35 0f32db 113d2b 11e975 13166d 1337db 134615 13556d 137a20
14f752 153968 154612 155c59 15698d 16ecaf 174f53 17ca3d 17f36a 190ff2 1c6e4f 1cb770 1cf3e7 1d9bf1
1dff90 1f7625 200ae5 211f64 22bb2d 2435cf 246e2f 252169 255021 258871 25c83e 25f98a 264e55 26dc7c
275c3d 27d68d 28d39a 2c5514 2d61f7 2dabff 2dcddc 2f5661 2fdbd2 3043dc 32d79f 33bd26 33f78c 3437bd
356988 377607 37a71e 37cadf 384d4e 38c683 38e6c8 391619 397143 3c192d 3c641f 3dcccb 3f4471 41eb30
4255ba 43dea6 451e1f 46183c 470f4a 47170d 486f29 487908 491e1b 4a5966 4c375a 4c40b2 4d3ac2 4d7f0f
4d93bd 4e9f33 4eca55 4f54f0 4f9b41 50130b 512809 512d3b 51d23e 51d811 526306 52d2a3 53fbd6 5405e0
547f3d 548032 556553 55bd19 56b561 56dab2 57ac79 589860 5afef9 5b0409 5b17c9 5be7ac 5cf066 5f458a
5f4daa 60baa7 6192b1 61bc26 61e1b6 629f72 62e638 636abe 64178f 65f40e 666e73 6717a9 67fa34 68d111
6a48b8 6a5147 6a5b7a 6a6db5 6b26b0 6b9444 6bbbdf 6c92df 6e557c 6e6622 704fdd 708b1b 710bc7 71a05e
71fde9 722196 72a4f2 7305c6 7349f9 742089 74306a 75b264 789363 79f144 7a094b 7a2288 7a33ba 7b0658
7d9251 7dc2c8 7de142 7e347d 7f6634 80ec56 840cf0 850f4f 85d3cd 893cd3 8b16d7 8ba593 8bd1a2 8e542c
902e59 90d8c6 9251c8 943185 9453e4 957627 962c63 96a0ac 996ef7 99d5fc 9a2d4b 9ab42a 9b0fba 9bd78c
9d2dc9 9d5b39 9ebd77 9f57cf a03521 a09365 a19479 a1a3d3 a2c2b7 a2eddf a36095 a3b0ae a494c1 a523ed
a573ca a5c9fb a6a15d a7857b a956dc aa306f aa597e aa7aac ab3388 ad7f09 ad9f24 ae938a af346f affdfd
b02cb2 b0e46e b17020 b281c3 b33512 b5194e b5ed4f b6b14f b7c5af b8e1a2 b91aa8 b9bb54 ba4bb7 ba5dd4
bae0d2 bae46d bb61be bce700 be3adf be5cbe beac5d bf9d23 bfa93d c0cda1 c21e5c c39d5b c3ec21 c41da7
c5575c c560a5 c59080 c656ad c9e94c ccb312 cebfb6 cf1ac5 d00090 d21f67 d254be d3033c d358e7 d393a9
d3ea08 d4691c d4ad60 d5366e d629c9 d733ca d810f3 d861b7 da5f39 db9399 dbfeb7 dd86ad de7b19 dedb4c
dee133 e0e316 e0fe83 e15a23 e28d27 e2d747 e3cac2 e47f34 e54b08 e5bce5 e75e84 e77d2c e94575 ea5ff2
ebc895 ee1766 ee57f7 ef4c5e efd2bb f0818d f0dcdd f108b4 f16433 f18874 f3c4eb f3d39a f4fc76 f594a2
f62a13 f737bd f9a9ea fa575c fa6c4a fba5d2 fdf789 fdfffa ff7c91
"""
# Fashion-MNIST: computed from the files of Debian's dataset-fashion-mnist, which unpacked have the
# MD5s published for them. Kaggle's tables are of an earlier edition (before 31 August 2017,
# github.com/zalandoresearch/fashion-mnist/issues/44): of 1,000 rows of them 913 are in this one.
FASHION = """
017d41 01c3e8 02e1bf 02e996 0418dd 0801dc 083de5 084b22 09f000 0a6630 0ac1f3 0b135e 0bad55 0d4fbf
0d774f 0d9078 0d9bd8 0deb36 0e877f 0fef4b 104e34 107b47 10d4e3 1100ea 11bdce 139211 143334 147400
16a8c8 17da8e 1ac5e5 1ad98f 1b3869 1d166e 1dd60f 1e49d3 1ecc00 1efbdd 1f8dd0 21fd0d 22320e 229eb1
238da2 24c315 253a28 2559a6 25eb79 278d03 2e4add 2e4ba8 2f0cbd 319ec9 31f0c9 3280fb 330c71 333728
35860a 35932e 373b59 376470 391c0f 397f22 3c8985 3d8c0d 3f47cd 3ff52e 41a2a9 41ca54 44399a 4558be
45e4d6 45fcdd 4626d7 462aff 464d73 466b35 46c77f 473a59 48081f 488552 4ac44e 4aef38 4b73ac 4b7426
4b7af2 4bf3c0 4c767c 4d1e98 4d8cdd 4ef1f5 51740d 528119 543db2 544c03 54f08c 5510f2 55396a 59ba28
5a8b95 5cbc77 5e15ea 5e95ec 5f1608 5fe442 619573 644662 6657a1 669641 66fdd5 678303 679968 67c1cf
6922e5 695493 69cce1 6abe6e 6b872b 6c5786 6cb886 6e7d31 6f3cbc 6f3d82 705821 708367 70b789 70dab2
719432 727f28 73bcc8 7422e9 75afec 75da54 75e231 762aef 765da1 766767 77b1ca 7c45d0 7cda17 7cdbc3
7d5643 7d70b2 7db49e 7dbd5f 7e1197 7ef5ab 7f45ab 7fc22f 808747 8202ac 8339ec 83a388 84ca52 8612c1
86d7b6 87521c 876f8b 8772d8 89679b 899357 8b44bf 8c7f00 8cbc4b 8e912e 8f078f 8fa52d 909b0d 9127ed
934dca 9350a7 93a1f4 94f868 9808a6 99d8bc 9ae3c8 9db718 9e2535 9f273b 9fe66f a081af a0abe5 a121cf
a1550b a22a2b a2432c a2f490 a3c519 a40b24 a49325 a55913 a670ee a7092d a76e47 a83ea5 aa42c6 aaf804
acc841 acdb68 ad04a8 ad3845 ae4309 ae5033 af126e af81f8 b0eefe b1c5b8 b1d560 b2144a b217a7 b38d0c
b41bb4 b429bd b430b6 b47343 b7eb28 b96b31 b974d3 ba65c5 ba9472 bacc16 bda689 bdc34c bf1ec0 c0c5ff
c0ddbe c219d1 c4872d c52112 c654df c67806 c684c6 c89208 c8c42a c8e48c ca7192 cb138c cb6ab3 cbe5e1
cceaf3 cd19aa cd2bd7 ce0c75 ce4e09 ce5757 cecea4 ceeb8d cf27a7 d165fa d3ea2e d53da3 d57417 d6c212
d79a7e da19c6 da24a3 db6174 dbafcb dc3301 dc4c8e dcb94e dda221 de2302 dec2d7 dec5fc df089a e0072b
e20bcd e24acc e27354 e6ed62 e72d0c e94d08 e9a9c1 ea0b5a ea790a eab6e5 ecb136 ed4893 eee12a ef4224
f0b2f4 f33275 f5385d f57ba5 f63723 f8faf9 fa02d5 fa5d19 faf4ea fb4ce8 fb73ad fbdd75 fc4636 fd05c1
fe6760 fe71ab feacd7 feea32
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
    KnownSet("MNIST", TEN, 70_000, marks=frozenset(MNIST.split())),
    KnownSet("Fashion-MNIST", CLOTHES, 70_000, marks=frozenset(FASHION.split())),
    KnownSet("KMNIST", HIRAGANA, 70_000, sums=frozenset(KMNIST.split())),
    KnownSet("QMNIST", TEN, 120_000, sums=frozenset(QMNIST.split())),
]


def recognised(
    pairs: Sequence[tuple[Found, Found]], labels: Sequence[np.ndarray]
) -> Recognised | None:
    """The set that these images are of, each part with its labels; None if none that is known.

    Images are told in any order and any file, if their labels are the set's own, too.
    """
    if any(images.array.shape[1] != SIDE for images, _ in pairs):
        return None
    if any(some.dtype.kind not in "iu" or some.max() >= len(TEN) for some in labels):
        return None
    files = [file for pair in pairs for file in pair]
    marks = [
        mark
        for (images, _), some in zip(pairs, labels, strict=True)
        for mark in marks_of(images.array, some)
    ]
    for known in KNOWN:
        if known.sums and all(file.whole and file.sums & known.sums for file in files):
            return Recognised(known)
        alike = sum(mark in known.marks for mark in marks)
        if len(marks) >= FEWEST_COMPARED and alike >= MOST_OF_THEM * len(marks):
            return Recognised(known, len(marks), alike)
    return None


def marks_of(images: np.ndarray, labels: np.ndarray) -> list[str]:
    """What tells some of these images with their labels from all others, without how it begins.

    Which images those are, their pixels and labels alone decide.
    """
    marks = (
        hashlib.blake2b(image.tobytes() + bytes([label]), digest_size=4).hexdigest()
        for image, label in zip(images, labels.tolist(), strict=True)
    )
    return [mark.removeprefix(PICKED) for mark in marks if mark.startswith(PICKED)]
