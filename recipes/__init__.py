"""From settings to a network in training: every setting said once, presets, one file a subject."""
