"""The MNIST page: a run, or the recording, that is looked at while it trains."""
