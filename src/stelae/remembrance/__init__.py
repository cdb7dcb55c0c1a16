"""Days of remembrance, anniversaries and calendar feeds."""
