"""What the page would say of files: `python -m datasets FILE…`."""

import sys
from contextlib import ExitStack
from pathlib import Path

from datasets.idx import DataError
from datasets.together import Missing, together
from datasets.told import how_they_look, names_of, told
from datasets.upload import read_upload


def main() -> int:
    """Say it; 1 if they cannot be used."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        with ExitStack() as opened:
            files = [(Path(p).name, opened.enter_context(open(p, "rb"))) for p in sys.argv[1:]]
            upload = read_upload(files)
            result = together(upload.found, upload.left_out)
    except OSError as error:
        print(f"{error.filename}: could not be read ({error.strerror}).")
        return 1
    except DataError as error:
        print("\n\n".join(filter(None, (str(error), error.code))))
        return 1
    if isinstance(result, Missing):
        print(result.sentence)
        return 0
    _, _, look = how_they_look(result)
    print(*told(result), *look)
    print("Its classes: " + ", ".join(names_of(result.subject, result.named)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
