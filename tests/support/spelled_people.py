"""People who do not exist, their names spelled in Latin, Cyrillic and Armenian letters by rule."""

import random

_SOUNDS = {
    "a": ("а", "ա"), "i": ("и", "ի"), "o": ("о", "ո"), "u": ("у", "ու"), "m": ("м", "մ"),
    "n": ("н", "ն"), "r": ("р", "ր"), "l": ("л", "լ"), "k": ("к", "կ"), "t": ("т", "տ"),
    "s": ("с", "ս"), "sh": ("ш", "շ"), "kh": ("х", "խ"), "zh": ("ж", "ժ"), "v": ("в", "վ"),
    "g": ("г", "գ"), "b": ("б", "բ"), "d": ("д", "դ"), "ch": ("ч", "չ"),
}  # fmt: skip
_VOWELS = ("a", "i", "o", "u")


def spelled_people(count: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """The names of each person in Latin, Cyrillic and Armenian letters."""
    rng = random.Random(seed)
    consonants = [sound for sound in _SOUNDS if sound not in _VOWELS]
    out = []
    for _ in range(count):
        words = [
            [one for _ in range(rng.randint(2, 4)) for one in
             (rng.choice(consonants), rng.choice(_VOWELS))]
            for _ in range(2)
        ]  # fmt: skip
        latin = " ".join("".join(word) for word in words)
        cyrillic, armenian = (
            " ".join("".join(_SOUNDS[one][k] for one in word) for word in words) for k in (0, 1)
        )
        out.append((latin.title(), cyrillic.title(), armenian))
    return out
