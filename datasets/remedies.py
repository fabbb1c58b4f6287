"""What is wrong with images that are no small grey squares, and lines that put it right.

Each is a sentence and lines of Python, in which `x` is the array.
"""

PILLOW = "import numpy\nfrom PIL import Image, ImageOps  # pip install pillow\n"


def other_sizes(
    name: str, shape: tuple[int, ...], rows: int, columns: int, colours: str
) -> tuple[str, str]:
    """Images that are too large, too small or not square, of an array of that shape.

    `colours` says where in it they are: "last", "first", or "" for grey.
    """
    last = ""
    if colours == "first":
        last = "x = numpy.moveaxis(x, 1, -1)  # the colours last\n"
    elif not colours and len(shape) > 3:
        last = f"x = x.reshape(-1, {rows}, {columns})\n"
    return (
        f"{name}: has images of {rows}×{columns} pixels: expected squares of 8×8 to 64×64, which "
        "these lines make of an array x.",
        f"{PILLOW}{last}"
        "if x.dtype != numpy.uint8:  # black is the lowest number, white the highest\n"
        "    x = x - float(x.min())\n"
        "    x = numpy.uint8(numpy.rint(x * (255 / x.max())))\n"
        "x = numpy.stack([ImageOps.pad(Image.fromarray(image), (28, 28)) for image in x])",
    )


def transparent(name: str, shape: tuple[int, ...], channels: int) -> tuple[str, str]:
    """Images with a channel that says how transparent they are."""
    return (
        f"{name}: has images with {channels} numbers a pixel, {shape}, one of which says how "
        "transparent it is: expected grey or colour alone, which this line leaves of an array x.",
        f"x = x[..., :{channels - 1}]",
    )


def flat_colours(name: str, numbers: int) -> tuple[str, str]:
    """Rows of numbers that may be images in colour, in one order or another."""
    side = round((numbers / 3) ** 0.5)
    return (
        f"{name}: has {numbers:,} numbers an image, which may be {side}×{side} pixels in colour: "
        "expected them in a shape that tells where the colours are, as one of these lines gives "
        "an array x.",
        f"x = x.reshape(-1, 3, {side}, {side})  # all red ones first, as CIFAR has them\n"
        f"x = x.reshape(-1, {side}, {side}, 3)  # red, green and blue of each pixel together",
    )


def not_numbers(name: str) -> tuple[str, str]:
    """Pixels that are NaN or infinite."""
    return (
        f"{name}: has pixels that are no numbers (NaN or infinite): expected 0 to 255, or 0 to 1, "
        "and this line puts a 0 in the place of what is none in an array x.",
        "import numpy\nx = numpy.nan_to_num(x, posinf=0, neginf=0)",
    )


def beyond(name: str, low: float, high: float) -> tuple[str, str]:
    """Pixels whose numbers do not say where black and white are."""
    return (
        f"{name}: its pixels go from {low:g} to {high:g}: expected 0 to 255, 0 to 1, or -1 to 1, "
        "and these lines bring an array x there.",
        "x = x - float(x.min())  # black is the lowest, white the highest\nx = x / x.max()",
    )


def columns_first(name: str) -> tuple[str, str]:
    """An array whose numbers lie in an order in which no image can be taken alone."""
    return (
        f"{name}: its numbers lie column after column (Fortran's order), in which so many images, "
        "or coloured ones, cannot be read: expected the other order, which this line gives an "
        "array x.",
        "import numpy\nx = numpy.ascontiguousarray(x)",
    )


def last_axis(name: str, shape: tuple[int, ...], images: int) -> tuple[str, str]:
    """Images whose number comes last, as MATLAB has them, or one a column."""
    line = "x = x.T" if len(shape) == 2 else "import numpy\nx = numpy.moveaxis(x, -1, 0)"
    return (
        f"{name}: is {shape}, which looks like {images:,} images along its last axis: expected "
        "them along its first, where this line puts them in an array x.",
        line,
    )


def columns_are_images(name: str, rows: int, columns: int, side: int) -> tuple[str, str]:
    """Rows of as many numbers as there are labels: so each column is an image."""
    return (
        f"{name}: has {rows:,} rows of {columns:,} numbers, and there are {columns:,} labels, so "
        f"each column looks like an image of {side}×{side} pixels: expected a row an image, which "
        "this line makes of an array x.",
        "x = x.reshape(len(x), -1).T",
    )


def too_many_classes(name: str, labels: str, classes: int, most: int) -> tuple[str, str]:
    """Labels of more classes than a network here tells apart; `labels` says which they are."""
    return (
        f"{name}: has {classes:,} classes, {labels}: expected at most {most}, so keep some; "
        f"these lines keep the first {most}, of arrays x and y.",
        f"import numpy\nclasses = numpy.unique(y)[:{most}]  # or a list of those that you want\n"
        "keep = numpy.isin(y.ravel(), classes)\nx, y = x[keep], y.ravel()[keep]",
    )


def beyond_the_labels(name: str, label: int, most: int) -> tuple[str, str]:
    """Labels of few classes, whose numbers are too large or below 0."""
    return (
        f"{name}: there is a label {label}: expected whole numbers from 0 to {most - 1}, so number "
        "the classes from 0, as this line does with an array y.",
        "import numpy\ny = numpy.unique(y.ravel(), return_inverse=True)[1]",
    )
