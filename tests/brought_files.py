"""Files as people have them, made from a few images: good ones of every kind, and broken ones."""

import bz2
import gzip
import io
import lzma
import pickle
import struct
import tarfile
import zipfile

import numpy as np

RNG = np.random.default_rng(0)
TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
TRAIN_X = RNG.integers(0, 256, (40, 28, 28), np.uint8)
TRAIN_Y = np.arange(40, dtype=np.uint8) % 10
TEST_X = RNG.integers(0, 256, (20, 28, 28), np.uint8)
TEST_Y = (np.arange(20, dtype=np.uint8) * 3) % 10
TRAIN_X[:, :2] = TEST_X[:, :2] = 0  # paper at the edge
ARRAYS = {"x_train": TRAIN_X, "y_train": TRAIN_Y, "x_test": TEST_X, "y_test": TEST_Y}
INK = RNG.integers(0, 2, (40, 16, 16))  # as semeion has it
SIGNED = np.rint(RNG.uniform(-1, 1, (40, 16, 16)) * 1000) / 1000  # as USPS has it
SIGNED[:, 0, 0], SIGNED[:, 0, 1] = -1, 1
MNIST = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
         "t10k-labels-idx1-ubyte")  # fmt: skip


def idx(array, kind=8):
    """An IDX file as its description has it: 0, 0, type, dimensions, counts, numbers."""
    counts = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, kind, array.ndim]) + counts + array.astype(TYPES[kind]).tobytes()


def npz(compress=True, **arrays):
    file = io.BytesIO()
    (np.savez_compressed if compress else np.savez)(file, **arrays)
    return file.getvalue()


def npy(array, **options):
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


def zipped(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files, mode="w", links=()):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return file.getvalue()


def table(x, y=None, head=None, last=False, separator=",", number=str):
    """A table as text: a row an image."""
    lines = [separator.join(head)] if head else []
    for i, image in enumerate(x.reshape(len(x), -1)):
        pixels = [number(pixel) for pixel in image]
        label = [] if y is None else [str(y[i])]
        lines.append(separator.join([*pixels, *label] if last else [*label, *pixels]))
    return ("\n".join(lines) + "\n").encode()


def semeion(x, y):
    """256 pixels as 0.0000 and 1.0000, ten columns for the class, a blank at the end."""
    rows = zip(x.reshape(len(x), -1), np.eye(10, dtype=int)[y], strict=True)
    return "".join(
        "".join(f"{pixel:.4f} " for pixel in image) + "".join(f"{k} " for k in hot) + "\n"
        for image, hot in rows
    ).encode()


def usps(x, y):
    """The label as 6.0000, 256 numbers from -1 to 1, a blank at the end."""
    rows = zip(x.reshape(len(x), -1), y, strict=True)
    return "".join(
        f"{label:.4f} " + "".join(f"{pixel:.3f} " for pixel in image) + "\n"
        for image, label in rows
    ).encode()


def libsvm(x, y, zeros=True):
    """The label, and place:value from place 1 on, often without those that are 0."""
    rows = zip(x.reshape(len(x), -1), y, strict=True)
    return "".join(
        " ".join([str(label), *(f"{k + 1}:{v:g}" for k, v in enumerate(image) if v or zeros)])
        + "\n"
        for image, label in rows
    ).encode()


def arff(x, y, quote=""):
    """As OpenML's pages have it: a line a column, the class last, perhaps in quotes."""
    rows = table(x, [f"{quote}{label}{quote}" for label in y], last=True).decode()
    columns = "".join(f"@ATTRIBUTE pixel{k + 1} real\n" for k in range(x[0].size))
    classes = ",".join(map(str, range(10)))
    return (
        f"% MNIST\n%\n@RELATION mnist_784\n\n{columns}@ATTRIBUTE 'class' {{{classes}}}\n\n"
        f"@DATA\n{rows}"
    ).encode()


PIXELS = [f"pixel{i}" for i in range(784)]
PLAIN = {name: idx(array) for name, array in zip(MNIST, ARRAYS.values(), strict=True)}
ZIPPED = {f"{name}.gz": gzip.compress(content) for name, content in PLAIN.items()}
ONE_HOT_TRAIN, ONE_HOT_TEST = np.eye(10)[TRAIN_Y], np.eye(10)[TEST_Y]
WHOLE = "whole"  # the arrays come back as they are
ASIDE = "aside"  # the training ones alone come, and some of them are set aside


def qmnist(labels):
    """QMNIST's eight columns, of which the first is the class."""
    columns = RNG.integers(0, 9999, (len(labels), 8))
    columns[:, 0] = labels
    return idx(columns, 12)


def flat(x):
    return x.reshape(len(x), 784)


GOOD = {
    "MNIST's four": (PLAIN, WHOLE),
    "gzipped": (ZIPPED, WHOLE),
    "gzipped and called otherwise": (
        {name: gzip.compress(content) for name, content in PLAIN.items()}, WHOLE),
    "unpacked by the browser and still called .gz": (
        {f"{name}.gz": content for name, content in PLAIN.items()}, WHOLE),
    "some gzipped": (dict([*list(PLAIN.items())[:2], *list(ZIPPED.items())[2:]]), WHOLE),
    "with dots, as Kaggle has them": (
        {name.replace("-idx", ".idx"): content for name, content in PLAIN.items()}, WHOLE),
    "names that say nothing": (
        {f"download ({i})": content for i, content in enumerate(ZIPPED.values())}, WHOLE),
    "images called labels": (
        {MNIST[1]: PLAIN[MNIST[0]], MNIST[0]: PLAIN[MNIST[1]],
         MNIST[3]: PLAIN[MNIST[2]], MNIST[2]: PLAIN[MNIST[3]]}, WHOLE),
    "EMNIST's names": (
        {name.replace("train", "emnist-digits-train").replace("t10k", "emnist-digits-test"): content
         for name, content in ZIPPED.items()}, WHOLE),
    "QMNIST's": (
        {"qmnist-train-images-idx3-ubyte": PLAIN[MNIST[0]],
         "qmnist-train-labels-idx2-int.gz": gzip.compress(qmnist(TRAIN_Y)),
         "qmnist-test-images-idx3-ubyte": PLAIN[MNIST[2]],
         "qmnist-test-labels-idx2-int": qmnist(TEST_Y)}, WHOLE),
    "IDX of shorts and ints": (PLAIN | {MNIST[0]: idx(TRAIN_X, 11), MNIST[1]: idx(TRAIN_Y, 12)},
                               WHOLE),
    "IDX of signed bytes as labels": (PLAIN | {MNIST[1]: idx(TRAIN_Y, 9)}, WHOLE),
    "IDX of floats": (PLAIN | {MNIST[0]: idx(TRAIN_X / 255, 13), MNIST[1]: idx(TRAIN_Y, 13)},
                      WHOLE),
    "IDX of doubles": (PLAIN | {MNIST[0]: idx(TRAIN_X, 14), MNIST[2]: idx(TEST_X / 255, 14)},
                       WHOLE),
    "IDX with a channel": (PLAIN | {MNIST[0]: idx(TRAIN_X[..., np.newaxis])}, WHOLE),
    "the training pair alone": (dict(list(ZIPPED.items())[:2]), ASIDE),
    "bzip2 and xz": (
        {f"{MNIST[0]}.bz2": bz2.compress(PLAIN[MNIST[0]]), f"{MNIST[1]}.xz": lzma.compress(
            PLAIN[MNIST[1]]), MNIST[2]: PLAIN[MNIST[2]], MNIST[3]: PLAIN[MNIST[3]]}, WHOLE),
    "a zip of them": ({"archive.zip": zipped(PLAIN)}, WHOLE),
    "a zip of gzipped ones, and what macOS leaves": (
        {"MNIST.zip": zipped({f"MNIST/raw/{n}": c for n, c in ZIPPED.items()} |
                             {"__MACOSX/MNIST/._raw": b"x", "MNIST/.DS_Store": b"\0\1"})}, WHOLE),
    "torchvision's folder, each file twice": (
        {"raw.zip": zipped({f"raw/{n}": c for n, c in (PLAIN | ZIPPED).items()})}, WHOLE),
    "with a README beside": (
        {"a.zip": zipped(PLAIN | {"README.md": b"# MNIST\n\nHandwritten digits, ten of them.\n",
                                  "sample.png": b"\x89PNG\r\n\x1a\n"})}, WHOLE),
    "a tar": ({"mnist.tar": tarred(PLAIN)}, WHOLE),
    "a tar.gz": ({"mnist.tar.gz": tarred({f"mnist/{n}": c for n, c in ZIPPED.items()}, "w:gz")},
                 WHOLE),
    "a tar.bz2": ({"mnist.tbz": tarred(PLAIN, "w:bz2")}, WHOLE),
    "a tar.xz": ({"mnist.txz": tarred(PLAIN, "w:xz")}, WHOLE),
    "a zip in a zip": ({"outer.zip": zipped({"inner.zip": zipped(PLAIN)})}, WHOLE),
    "Keras' mnist.npz": ({"mnist.npz": npz(**ARRAYS)}, WHOLE),
    "Keras', not compressed, renamed": ({"digits": npz(False, **ARRAYS)}, WHOLE),
    "Keras' in Kaggle's zip": ({"archive.zip": zipped({"mnist.npz": npz(**ARRAYS)})}, WHOLE),
    "MedMNIST's": (
        {"organ.npz": npz(train_images=TRAIN_X, val_images=TRAIN_X[:12], test_images=TEST_X,
                          train_labels=TRAIN_Y[:, None], val_labels=TRAIN_Y[:12, None],
                          test_labels=TEST_Y[:, None])}, WHOLE),
    "np.savez without names": ({"a.npz": npz(False, **{f"arr_{i}": a for i, a in
                                                       enumerate(ARRAYS.values())})}, WHOLE),
    "flat, 0 to 1, one-hot": (
        {"a.npz": npz(X_train=flat(TRAIN_X) / 255, Y_train=ONE_HOT_TRAIN, X_test=flat(TEST_X) / 255,
                      Y_test=ONE_HOT_TEST)}, WHOLE),
    "float32 with a channel, int64 labels": (
        {"a.npz": npz(x_train=(TRAIN_X / 255).astype("f4")[..., None], y_train=TRAIN_Y.astype(int),
                      x_test=(TEST_X / 255).astype("f4")[..., None], y_test=TEST_Y.astype(int))},
        WHOLE),
    "column after column": (
        {"a.npz": npz(**ARRAYS | {"x_train": np.asfortranarray(TRAIN_X)})}, WHOLE),
    "images and labels": ({"a.npz": npz(images=TRAIN_X, labels=TRAIN_Y)}, ASIDE),
    "four .npy": ({f"{name}.npy": npy(array) for name, array in ARRAYS.items()}, WHOLE),
    "Kaggle's two tables": (
        {"mnist_train.csv": table(TRAIN_X, TRAIN_Y, ["label", *PIXELS]),
         "mnist_test.csv": table(TEST_X, TEST_Y, ["label", *PIXELS])}, WHOLE),
    "Kaggle's competition": (
        {"digit-recognizer.zip": zipped(
            {"train.csv": table(TRAIN_X, TRAIN_Y, ["label", *PIXELS]),
             "test.csv": table(TEST_X, None, PIXELS),
             "sample_submission.csv": b"ImageId,Label\n" + b"".join(
                 b"%d,0\n" % (i + 1) for i in range(20))})}, ASIDE),
    "pjreddie's, without head": (
        {"mnist_train.csv": table(TRAIN_X, TRAIN_Y), "mnist_test.csv": table(TEST_X, TEST_Y)},
        WHOLE),
    "OpenML's, the class last": (
        {"mnist_784.csv": table(TRAIN_X, TRAIN_Y, [*PIXELS, "class"], last=True)}, ASIDE),
    "OpenML's ARFF": ({"mnist_784.arff": arff(TRAIN_X, TRAIN_Y)}, ASIDE),
    "ARFF in small letters, its classes in quotes": (
        {"dataset": arff(TRAIN_X, TRAIN_Y, "'").replace(b"@ATTRIBUTE", b"@attribute").replace(
            b"@RELATION", b"@relation").replace(b"@DATA", b"@data").replace(b"\n", b"\r\n")},
        ASIDE),
    "without head, the class last": ({"a.csv": table(TRAIN_X, TRAIN_Y, last=True)}, ASIDE),
    "pandas' index before it": (
        {"a.csv": b"," + ",".join(["label", *PIXELS]).encode() + b"\n" + b"".join(
            b"%d," % i + line + b"\n"
            for i, line in enumerate(table(TRAIN_X, TRAIN_Y).splitlines()))}, ASIDE),
    "semicolons, a mark of its encoding, Windows' line ends": (
        {"a.csv": b"\xef\xbb\xbf" + table(TRAIN_X, TRAIN_Y, ["label", *PIXELS], separator=";"
                                          ).replace(b"\n", b"\r\n")}, ASIDE),
    "a table of 0 to 1": (
        {"a.csv": table(TRAIN_X / 255, TRAIN_Y, ["label", *PIXELS], number="{:.6f}".format)},
        ASIDE),
    "semicolons and decimal commas": (
        {"a.csv": table(TRAIN_X / 255, TRAIN_Y, ["label", *PIXELS], separator=";",
                        number=lambda pixel: f"{pixel:.6f}".replace(".", ","))}, ASIDE),
    "decimal commas where there are any, without head": (
        {"a.csv": table(TRAIN_X / 255, TRAIN_Y, separator="\t",
                        number=lambda pixel: f"{pixel:.9g}".replace(".", ","))}, ASIDE),
    "decimal commas, the class last and first without head": (
        {name: table(x / 255, y, last=last, separator=";",
                     number=lambda pixel: f"{pixel:.6f}".replace(".", ","))
         for name, x, y, last in (("train.csv", TRAIN_X, TRAIN_Y, True),
                                  ("test.csv", TEST_X, TEST_Y, False))}, WHOLE),
    "a table, gzipped": ({"a.csv.gz": gzip.compress(table(TRAIN_X, TRAIN_Y))}, ASIDE),
    "from -1 to 1": (
        {"a.npz": npz(x_train=TRAIN_X / 127.5 - 1, y_train=TRAIN_Y,
                      x_test=(TEST_X / 127.5 - 1).astype("f4"), y_test=TEST_Y)}, WHOLE),
    "in colour": (
        {"a.npz": npz(x_train=np.repeat(TRAIN_X[..., None], 3, -1), y_train=TRAIN_Y,
                      x_test=np.repeat(TEST_X[:, None] / 255, 3, 1), y_test=TEST_Y)}, WHOLE),
    "images and labels in two tables": (
        {"x.csv": table(TRAIN_X, None, PIXELS),
         "y.csv": b"label\n" + b"".join(b"%d\n" % label for label in TRAIN_Y)}, ASIDE),
}  # fmt: skip

BOMB = gzip.compress(idx(np.zeros(0))[:4] + struct.pack(">I", 110_000_000) + bytes(1000))
LARGE = RNG.integers(0, 256, (360, 28, 28), np.uint8)
HTML = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>No.</body></html>"
MARKUP = "<img src=x onerror=alert(1)>.idx"


def spoiled(array, place, value):
    array = array.astype(float)
    array.flat[place] = value
    return array


class Program:
    """What a pickle could run."""

    ran = False

    def __reduce__(self):
        return setattr, (Program, "ran", True)


BAD = {
    "empty": ({"a.gz": b""}, "a.gz: is empty"),
    "IDX cut short": ({"a": PLAIN[MNIST[0]][:-1]}, "only 31,359 of the 31,360 bytes"),
    "IDX cut in its header": ({"a": PLAIN[MNIST[0]][:9]}, "ends within its header"),
    "IDX and more": ({"a": PLAIN[MNIST[0]] + b"x"}, "more data"),
    "gzip cut short": ({"a.gz": ZIPPED[f"{MNIST[0]}.gz"][:-9]}, "download it again"),
    "gzip cut in the middle": ({"a.gz": gzip.compress(idx(LARGE))[:200_000]},
                               "of the 282,240 bytes"),
    "bzip2 cut short": ({"a.bz2": bz2.compress(PLAIN[MNIST[0]])[:-9]}, "cut short or damaged"),
    "xz cut short": ({"a.xz": lzma.compress(PLAIN[MNIST[0]])[:-9]}, "cut short or damaged"),
    "zip cut short": ({"a.zip": zipped(PLAIN)[:-40]}, "cut short or damaged"),
    "tar cut short": ({"a.tar": tarred(PLAIN)[:20_000]}, "cut short"),
    "npz cut short": ({"a.npz": npz(**ARRAYS)[:-30]}, "cut short or damaged"),
    "table cut short": ({"a.csv": table(TRAIN_X, TRAIN_Y)[:-200]}, "line 40 lacks numbers"),
    "10 GB promised": ({"a": idx(TRAIN_X)[:4] + struct.pack(">3I", 13_000_000, 28, 28)},
                       "which is no usable size"),
    "a zip bomb": ({"a.zip": zipped({"a.gz": BOMB})}, "would unpack to 110 MB"),
    "archives without end": (
        {"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.zip": zipped(
            PLAIN)})})})})}, "too many archives"),
    "a link in a tar": ({"a.tar": tarred(PLAIN, links=[("passwd", "/etc/passwd")])},
                        "a link or a device in it, passwd"),
    "more labels than images": (PLAIN | {MNIST[1]: idx(TRAIN_Y[:39])},
                                "has 40 images, but train-labels-idx1-ubyte has 39 labels"),
    "labels beyond": (PLAIN | {MNIST[1]: idx(TRAIN_Y + 60)}, "there is a label 69"),
    "labels below 0": (PLAIN | {MNIST[1]: idx(TRAIN_Y.astype(int) - 1, 11)}, "there is a label -1"),
    "labels of a hundred classes": (
        {"a.npz": npz(x=np.tile(TRAIN_X, (5, 1, 1)), y=np.arange(200)[:, None] % 100)},
        "y in a.npz: has 100 classes, with labels from 0 to 99: expected at most 62"),
    "words of a hundred classes": (
        {"a.npz": npz(x=np.tile(TRAIN_X, (5, 1, 1)), y=np.char.mod("c%02d", np.arange(200) % 100))},
        "y in a.npz: has 100 classes, from c00 to c99: expected at most 62"),
    "nothing on any image": ({"a.npz": npz(x=TRAIN_X * 0, y=TRAIN_Y)},
                             "each of its images has one brightness all over"),
    "a test label that training lacks": (PLAIN | {MNIST[3]: idx(TEST_Y + 10)},
                                         "which no image to train on has"),
    "one class": (PLAIN | {MNIST[1]: idx(TRAIN_Y * 0 + 4)}, "all its labels are 4"),
    "three images": ({"x": idx(TRAIN_X[:3]), "y": idx(TRAIN_Y[:3])}, "has 3 images to train on"),
    "NaN in images": ({"a.npz": npz(x=spoiled(TRAIN_X, 5, np.nan), y=TRAIN_Y)}, "NaN or infinite"),
    "NaN in labels": ({"a.npz": npz(x=TRAIN_X, y=spoiled(TRAIN_Y, 5, np.nan))}, "no numbers (NaN)"),
    "NaN in a table": ({"a.csv": table(TRAIN_X, TRAIN_Y).replace(b",0,", b",,", 1)},
                       "line 1 lacks numbers"),
    "labels of 1.5": ({"a.npz": npz(x=TRAIN_X, y=TRAIN_Y + 0.5)}, "labels such as 0.5"),
    "pixels of 65,535": (PLAIN | {MNIST[0]: idx(TRAIN_X.astype(int) * 257, 12)},
                         "go from 0 to 65535"),
    "normalised by their mean": ({"a.npz": npz(x=TRAIN_X / 255 - 0.5, y=TRAIN_Y)},
                                 "go from -0.5 to 0.5"),
    "bytes with a sign": ({"x": idx(TRAIN_X.astype("i1"), 9), "y": idx(TRAIN_Y)}, "go from -128"),
    "colours in a row": ({"a.npz": npz(x=np.zeros((20, 3072), np.uint8), y=TEST_Y)},
                         "may be 32×32 pixels in colour"),
    "transparent": ({"a.npz": npz(x=np.zeros((20, 32, 32, 4), np.uint8), y=TEST_Y)},
                    "how transparent it is"),
    "not square": ({"a": idx(np.zeros((20, 28, 20)))}, "28×20 pixels: expected squares"),
    "too large": ({"a": idx(np.zeros((20, 96, 96)))}, "96×96 pixels: expected squares"),
    "two sizes": (PLAIN | {MNIST[2]: idx(TEST_X[:, 4:, 4:])}, "expected one size"),
    "none at all": ({"a": idx(TRAIN_X[:0])}, "no usable size"),
    "two sets": ({"a.zip": zipped({f"{s}/{n}": c[:-1] + bytes([s]) for s in (1, 2) for n, c in
                                   PLAIN.items()})}, "4 sets of images"),
    "a pickle": ({"mnist.pkl": pickle.dumps(Program())}, "is a pickle"),
    "deeplearning.net's": ({"mnist.pkl.gz": gzip.compress(pickle.dumps(Program(), 2))},
                           "is a pickle"),
    "an old pickle": ({"mnist.pkl": pickle.dumps([{"a": 1}], 0)}, "is a pickle"),
    "PyTorch's": ({"training.pt": zipped({"training/data.pkl": pickle.dumps(Program())})},
                  "is a pickle"),
    "objects in an npy": ({"a.npy": npy(np.array([Program()] * 3, object), allow_pickle=True)},
                          "holds Python objects"),
    "objects in an npz": ({"a.npz": npz(x=TRAIN_X, y=np.array([Program()] * 40, object))},
                          "holds Python objects"),
    "an error page": ({f"{MNIST[0]}.gz": HTML}, "is a web page and not the file"),
    "S3's refusal": ({"a.gz": b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'},
                     "is a web page and not the file"),
    "GitHub's refusal": ({f"{MNIST[0]}.gz": b"404: Not Found"},
                         "is the error of a server and not the file, 404: Not Found"),
    "an API's refusal": ({"a.npz": b'{"message": "Not Found", "documentation_url": "https://x"}'},
                         "is the error of a server and not the file"),
    "RTF": ({"a.csv": b"{\\rtf1\\ansi 1,2}"}, "a text with its layout (RTF)"),
    "UTF-16": ({"a.csv": "label,pixel0".encode("utf-16")}, "is text in UTF-16"),
    "SVG": ({"a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "a drawing (SVG)"),
    "WebP": ({"a.webp": b"RIFF\x24\0\0\0WEBPVP8 "}, "a picture as WebP"),
    "HEIC": ({"a.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"}, "a picture as HEIC"),
    "LibreOffice": ({"a.ods": zipped({"mimetype": b"x", "content.xml": b"<x/>"})},
                    "is a LibreOffice file: save the table as CSV"),
    "Git LFS' pointer": ({"a.npz": b"version https://git-lfs.github.com/spec/v1\noid sha256:1"},
                         "a pointer of Git LFS"),
    "ARFF without rows": ({"a.arff": b"% MNIST\n@RELATION mnist\n@ATTRIBUTE pixel1 real\n"},
                          "is ARFF whose columns are not named"),
    "ARFF with places": ({"a.arff": arff(TRAIN_X[:1], TRAIN_Y).split(b"@DATA")[0] +
                          b"@DATA\n{3 0.5, 784 1}\n"}, "the place of each number before it"),
    "ARFF cut short": ({"a.arff": arff(TRAIN_X, TRAIN_Y)[:-200]}, "line 831 lacks numbers"),
    "ARFF of flowers": ({"a.arff": b"@relation iris\n@attribute a real\n@attribute class {0,1}\n"
                         b"@data\n1,0\n2,1\n"}, "is text with 2 columns"),
    "Parquet": ({"a.parquet": b"PAR1\x15\4"}, "is Parquet"),
    "HDF5": ({"a.h5": b"\x89HDF\r\n\x1a\n"}, "is HDF5"),
    "Matlab": ({"a.mat": b"MATLAB 5.0 MAT-file"}, "is MATLAB's"),
    "Excel": ({"a.xlsx": zipped({"[Content_Types].xml": b"<x/>"})}, "save the table as CSV"),
    "a photograph": ({"cat.jpg": b"\xff\xd8\xff\xe0"}, "cat.jpg: is a picture in no folder"),
    "JSON": ({"a.json": b'{"a": 1}'}, "is JSON"),
    "text": ({"notes.txt": b"Buy milk, eggs.\nCall mother.\n"}, "no table of images"),
    "bytes of no kind": ({"a.bin": b"\x17\x00\x01\x02"}, "starts with 17 00 01 02"),
    "words among pixels": ({"a.csv": table(TRAIN_X, TRAIN_Y).replace(b",0,", b",milk,", 1)},
                           "'milk' where a pixel is expected"),
    "a run of ours": ({"run.npz": npz(format=np.array("glassbox run 1"), config=np.array("{}"),
                                      theta=np.zeros(3, "f4"))}, "is a run that was saved here"),
    "a name that is markup": ({MARKUP: b"\x17\x00\x01\x02"}, MARKUP),
}  # fmt: skip
