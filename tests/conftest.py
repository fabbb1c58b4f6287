"""What tests of more than one room share."""

import os
from pathlib import Path

import pytest

from datasets.digits import Digits
from datasets.mnist import read_mnist
from recipes.threads import one_blas_thread

# As in the app: several threads on matrices this small mostly wait for each other.
one_blas_thread()


@pytest.fixture(scope="session")
def mnist() -> Digits:
    """MNIST itself, for those who have it."""
    folder = os.environ.get("GLASSBOX_MNIST_DIR")
    if not folder:
        pytest.skip("needs MNIST: set GLASSBOX_MNIST_DIR to a folder with the four IDX files")
    return read_mnist(Path(folder))
