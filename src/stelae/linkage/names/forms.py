"""Other forms of a word: nicknames, feminine family names, patronymics; each at a cost."""

__all__ = ["forms_of"]


def forms_of(token: str) -> tuple[tuple[str, float], ...]:
    """Words that a word may stand for, each with its cost in log odds."""
    return ()
