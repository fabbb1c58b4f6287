"""What a page takes along as text: its settings as JSON, a history as a table."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd

from recipes.settings import Settings


def settings_json(settings: Settings) -> str:
    """Every setting of a page by its name, the defaults too."""
    said = {"page": settings.page, "settings": asdict(settings)}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def history_csv(columns: Mapping[str, np.ndarray]) -> str:
    """A table with these columns, a row a moment; nothing where a number is not one."""
    text: str = pd.DataFrame(dict(columns)).to_csv(index=False)
    return text
