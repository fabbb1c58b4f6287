"""Reads a film back from the message that the stage is sent."""

import base64
import json
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest


def message_on(page: AppTest, key: str) -> dict[str, Any]:
    """The message of the film on the stage of this key."""
    stages = {stage.key: stage for stage in page.get("bidi_component")}
    return json.loads(stages[key].proto.json)["film"]


def unpacked(message: dict[str, Any]) -> dict[str, Any]:
    """A film's message with its arrays as the browser reads them; thetas (frames, parameters)."""
    steps, thetas, points = (
        np.frombuffer(base64.b64decode(message[name]), dtype)
        for name, dtype in (("steps", "<i4"), ("thetas", "<f4"), ("points", "<f4"))
    )
    history = {
        name: np.frombuffer(base64.b64decode(values), "<f8")
        for name, values in message["history"].items()
    }
    return message | {
        "steps": steps,
        "thetas": thetas.reshape(len(steps), -1),
        "points": points.reshape(-1, 3),
        "history": history,
    }
