"""Latent classes: people of several kinds, each kind with its own chances to be on each list."""

from stelae.estimation.latent_class.expansion import captures_for, expansion_of
from stelae.estimation.latent_class.method import LatentClass
from stelae.estimation.latent_class.tempering import Tempering

__all__ = ["LatentClass", "Tempering", "captures_for", "expansion_of"]
