"""What to say of files that are never opened here, and lines that make an .npz of them at home."""

import json
import re

from datasets.found import NotData
from datasets.idx import DataError

ARRAYS = """
def arrays(held, name=''):
    if isinstance(held, (list, tuple)) and len(held) > 3:  # perhaps an image and its label a row
        row = held[0]
        if isinstance(row, dict):
            held = {part: [one[part] for one in held] for part in row}
        elif isinstance(row, (list, tuple)) and len({numpy.ndim(part) for part in row}) > 1:
            held = dict(zip('xyz', zip(*held)))
    some = isinstance(held, (list, tuple)) and 0 < len(held) < 4
    if some and all(hasattr(part, '__len__') and not isinstance(part, str) for part in held):
        pairs = {2: ('train', 'test'), 3: ('train', 'val', 'test')}.get(len(held), ('train',))
        held = dict(zip(pairs if len(held[0]) < 4 else 'xyz', held))
    if not isinstance(held, dict):
        if isinstance(held, (list, tuple)):
            held = [numpy.asarray(one) for one in held]
        if isinstance(held, list) and len({one.shape for one in held}) > 1:  # several sizes
            from PIL import Image, ImageOps  # pip install pillow
            most = max(float(one.max()) for one in held)
            grey = [numpy.uint8(one * (1 if most > 1 else 255)) for one in held]
            held = [numpy.asarray(ImageOps.pad(Image.fromarray(one), (28, 28))) for one in grey]
        array = numpy.asarray(held)
        side = round((array.shape[-1] / 3) ** 0.5) if array.ndim == 2 else 0
        if side and array.shape[1] == 3 * side**2 and name.endswith('data_'):
            array = array.reshape(-1, 3, side, side)  # all red ones first, as CIFAR has them
        return {name.strip('_') or 'images': array}
    made = {}
    for part in held:
        called = part.decode() if isinstance(part, bytes) else part
        made.update(arrays(held[part], f'{name}{called}_'))
    return {name: array for name, array in made.items() if array.dtype != object}

numpy.savez_compressed('images.npz', **arrays(held))"""
GREY = "numpy.uint8(numpy.rint(x @ [0.299, 0.587, 0.114]))  # as the page would make it"
CIFAR = f"""import numpy, pathlib, pickle

def grey(x):
    return {GREY}

made = {{}}
for file in sorted(pathlib.Path().rglob('*_batch*')):  # in this folder, and in those within
    held = pickle.loads(file.read_bytes(), encoding='bytes')
    part = 'test' if file.name.startswith('test') else 'train'
    x = numpy.asarray(held[b'data']).reshape(-1, 3, 32, 32)  # all red ones first
    made.setdefault(f'x_{{part}}', []).append(grey(numpy.moveaxis(x, 1, -1)))
    made.setdefault(f'y_{{part}}', []).append(held[b'labels'])
made = {{name: numpy.concatenate(arrays) for name, arrays in made.items()}}
for file in pathlib.Path().rglob('batches.meta'):  # what the classes are called
    names = pickle.loads(file.read_bytes(), encoding='bytes')[b'label_names']
    made['class_names'] = [name.decode() for name in names]
numpy.savez_compressed('images.npz', **made)"""
CIFARS = re.compile(r"(.*/)?((data|test)_batch(_\d)?|batches\.meta)")
CIFAR_100 = f"""import numpy, pathlib, pickle

def grey(x):
    return {GREY}

made = {{}}
for part in ('train', 'test', 'meta'):
    for file in pathlib.Path().rglob(part):  # in this folder, and in those within
        if file.is_file():
            held = pickle.loads(file.read_bytes(), encoding='bytes')
            if part == 'meta':
                made['class_names'] = [name.decode() for name in held[b'coarse_label_names']]
            else:
                x = numpy.asarray(held[b'data']).reshape(-1, 3, 32, 32)  # all red ones first
                made[f'x_{{part}}'] = grey(numpy.moveaxis(x, 1, -1))
                made[f'y_{{part}}'] = held[b'coarse_labels']
numpy.savez_compressed('images.npz', **made)"""
CIFAR_100S = re.compile(r"(.*/)?(train|test|meta)")  # their names, and how they begin
CIFAR_100_HEAD = re.compile(rb"filenames|fine_label")
MATLAB = f"""
def arrays(held, name=''):
    if isinstance(held, dict):  # a struct, such as EMNIST's
        made = {{}}
        for part in held:
            made.update(arrays(held[part], f'{{name}}_{{part}}'))
        return made
    x = numpy.asarray(held)
    if x.dtype.kind not in 'iuf':
        return {{}}
    squares = [side**2 for side in range(8, 65)]
    if x.ndim == 3 and x.shape[0] in squares and x.shape[0] != x.shape[1] and x.shape[2] < 63:
        # pixels, images, classes, as USPS has them: an array a class
        return {{f'{{name[1:]}}{{k + 1}}': x[:, :, k].T for k in range(x.shape[2])}}
    if x.ndim == 2 and x.shape[1] == 3072 and name.endswith('data'):
        x = x.reshape(-1, 3, 32, 32).transpose(2, 3, 1, 0)  # CIFAR's: all red ones first
    if x.ndim > 2:
        x = numpy.moveaxis(x, -1, 0)  # the images first, which MATLAB has last
    if x.ndim == 4 and x.shape[-1] == 3:
        x = {GREY}
    return {{name.strip('_'): x}}

for file in pathlib.Path().glob('*.mat'):  # all that are in this folder
    held = opened(file)
    numpy.savez_compressed(file.with_suffix('.npz'), **arrays(held))"""
NEVER = "which can run any program when it is opened and so is never opened here"


def pickled(name: str, torch: bool, head: bytes = b"") -> DataError:
    """The sentence on a pickle, Python's own or PyTorch's, and lines that make an .npz of it.

    `head` is how it begins.
    """
    if CIFAR_100S.fullmatch(name) and CIFAR_100_HEAD.search(head):
        return DataError(
            f"{name}: is a pickle, {NEVER}: where you trust it, these lines make an .npz of "
            "CIFAR-100's files that lie in a folder, unpacked, with its 20 coarse classes, for "
            "at most 62 are told apart here, and not 100.",
            CIFAR_100,
        )
    if CIFARS.fullmatch(name):
        return DataError(
            f"{name}: is a pickle, {NEVER}: where you trust it, these lines make an .npz of all of "
            "CIFAR's batches that lie in a folder, unpacked.",
            CIFAR,
        )
    file = json.dumps(name, ensure_ascii=False)
    if torch:
        read = f"import numpy, torch\nheld = torch.load({file}, weights_only=True)"
    elif name.lower().endswith(".gz"):
        read = (
            f"import gzip, numpy, pickle\nheld = pickle.load(gzip.open({file}), encoding='latin1')"
        )
    else:
        read = f"import numpy, pickle\nheld = pickle.load(open({file}, 'rb'), encoding='latin1')"
    return DataError(
        f"{name}: is a pickle, {NEVER}: where you trust it, these lines make an .npz of it.",
        f"{read}\n{ARRAYS}",
    )


def objects(name: str, several: bool) -> DataError:
    """The sentence on an array of Python objects, a pickle within; `several` is for an .npz."""
    file = json.dumps(name, ensure_ascii=False)
    read = f"held = numpy.load({file}, allow_pickle=True)"
    plain = "held = {k: v.tolist() if v.dtype == object else v for k, v in held.items()}"
    return DataError(
        f"{name}: holds Python objects, a pickle, {NEVER}: where you trust it, these lines make "
        "plain numbers of it.",
        f"import numpy\n{read}\n{plain if several else 'held = held.tolist()'}\n{ARRAYS}",
    )


def matlab(name: str, hdf5: bool) -> NotData:
    """The sentence on MATLAB's files, and lines that make an .npz of each; `hdf5` is for 7.3."""
    if hdf5:
        read = """import h5py, numpy, pathlib  # pip install h5py

def opened(part):
    if isinstance(part, pathlib.Path):
        part = h5py.File(part)
    if isinstance(part, h5py.Dataset):
        return part[()].T  # MATLAB's order of rows and columns
    return {name: opened(part[name]) for name in part if not name.startswith('#')}
"""
    else:
        read = """import numpy, pathlib, scipy.io  # pip install scipy

def opened(file):
    held = scipy.io.loadmat(file, simplify_cells=True)
    return {name: part for name, part in held.items() if not name.startswith('__')}
"""
    return NotData(
        f"{name}: is MATLAB's, which is not read here: these lines make an .npz of each .mat in a "
        "folder, to be brought in its place.",
        read + MATLAB,
    )


def hdf5(name: str) -> NotData:
    """The sentence on HDF5, and lines that make an .npz of the arrays in it."""
    file = json.dumps(name, ensure_ascii=False)
    return NotData(
        f"{name}: is HDF5, which is not read here: these lines make an .npz of the arrays in it.",
        f"""import h5py, numpy  # pip install h5py
made = {{}}

def take(name, part):
    if isinstance(part, h5py.Dataset) and part.dtype.kind in 'iuf':
        made[name.replace('/', '_')] = part[()]

h5py.File({file}).visititems(take)
numpy.savez_compressed('images.npz', **made)""",
    )


def in_json(name: str) -> NotData:
    """The sentence on JSON, and lines that make an .npz of it."""
    file = json.dumps(name, ensure_ascii=False)
    read = f"held = json.load(open({file}, encoding='utf-8'))"
    if name.lower().endswith((".jsonl", ".ndjson")):  # an object a line
        read = f"held = [json.loads(line) for line in open({file}, encoding='utf-8')]"
    return NotData(
        f"{name}: is JSON, which is not read here: these lines make an .npz of the images and "
        "labels in it.",
        f"import json, numpy\n{read}\n{ARRAYS}",
    )


def pickled_weights(name: str, torch: bool, within: bool = False) -> DataError:
    """The sentence on weights as a pickle, Python's own or PyTorch's, and lines that convert it.

    `within` is for an .npz that has one in it.
    """
    file = json.dumps(name, ensure_ascii=False)
    if torch:
        code = f"""import numpy, torch
held = torch.load({file}, map_location='cpu', weights_only=True)
numpy.savez('weights.npz', **{{name: w.float().numpy() for name, w in held.items()}})"""
    else:
        read = f"numpy.load({file}, allow_pickle=True)"
        read = read if within else f"pickle.loads(pathlib.Path({file}).read_bytes())"
        code = f"""import numpy, pathlib, pickle
held = {read}  # a dictionary of arrays, or a list of them
parts = {{}}
for k, w in held.items() if hasattr(held, 'keys') else enumerate(held):
    several = isinstance(w, (list, tuple)) or getattr(w, 'dtype', None) == object
    parts.update({{f'{{k}}_{{i}}': v for i, v in enumerate(w)}} if several else {{str(k): w}})
numpy.savez('weights.npz', **parts)"""
    has = "has a pickle in it" if within else "is a pickle"
    return DataError(
        f"{name}: {has}, {NEVER}: where you trust it, these lines make an .npz of it.", code
    )


def hdf5_weights(name: str) -> DataError:
    """The sentence on weights as Keras saves them, and lines that make an .npz of them."""
    file = json.dumps(name, ensure_ascii=False)
    if name.endswith(".weights.h5"):
        read = f"net.load_weights({file})  # net is the model that they are of"
    else:
        read = f"net = keras.models.load_model({file})"
    return DataError(
        f"{name}: is HDF5, as Keras saves a network, which is not read here: these lines make an "
        ".npz of it.",
        f"import keras, numpy\n{read}\nnumpy.savez('weights.npz', *net.get_weights())",
    )
