"""When to stop before the last epoch. Everything is read off the history, so nothing is kept."""

from typing import Any, NamedTuple


class StopWhen(NamedTuple):
    """Stop at the first recorded row that meets one of these; None means never for that reason.

    Loss and accuracy are those on the validation data where there are any, else on the training
    data. `patience` counts recorded rows (epochs, unless asked otherwise) without a lower loss.
    """

    target_loss: float | None = None
    target_accuracy: float | None = None
    patience: int | None = None

    def reason(self, history: dict[str, list[Any]]) -> str | None:
        """Why to stop now, as a sentence, or None."""
        prefix = "val_" if "val_loss" in history else ""
        losses, accuracies = history[prefix + "loss"], history[prefix + "accuracy"]
        if not losses:
            return None
        if self.target_loss is not None and losses[-1] <= self.target_loss:
            return f"The loss reached {self.target_loss:g}."
        if self.target_accuracy is not None and accuracies[-1] >= self.target_accuracy:
            return f"The accuracy reached {100 * self.target_accuracy:.10g}%."
        since_best = len(losses) - 1 - losses.index(min(losses))
        if self.patience is not None and since_best >= self.patience:
            return f"No lower loss in the last {self.patience} recorded rows."
        return None
