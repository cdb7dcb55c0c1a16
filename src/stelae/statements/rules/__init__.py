"""The rules of `stelae check`, one module for each family."""
