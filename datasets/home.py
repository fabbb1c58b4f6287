"""The one folder in which Glassbox keeps files."""

import os
from pathlib import Path

import platformdirs


def glassbox_home() -> Path:
    """The folder named by GLASSBOX_HOME, else the user's cache folder. It need not exist yet."""
    return Path(os.environ.get("GLASSBOX_HOME") or platformdirs.user_cache_dir("glassbox"))
