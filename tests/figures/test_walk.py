import json

import numpy as np

from figures.walk import Column, Link, Node, Question, Step, Table, Walk


def test_a_message_is_json_whatever_the_numbers():
    walk = Walk(
        [Node("a", "a", 0, 0), Node("b", "b", 1, 0)],
        [Link("w", "a", "b")],
        [
            [
                Step(
                    "one",
                    "",
                    "",
                    values={"a": float("nan"), "w": np.float64(2)},
                    gradients={"a": float("inf")},
                    question=Question("?", float("-inf"), ""),
                )
            ]
        ],
        [Table([Column("c", "c", [float("inf"), "text", 1])])],
    )
    message = walk.message()
    text = json.dumps(message, allow_nan=False)
    assert "not a number" in text
    assert message["samples"][0][0]["gradients"] == {"a": "∞"}
    assert message["samples"][0][0]["question"]["answer"] == "−∞"
