"""Latent classes: people of several kinds, each kind with its own chances to be on each list."""

from stelae.estimation.latent_class.method import LatentClass
from stelae.estimation.latent_class.tempering import Tempering

__all__ = ["LatentClass", "Tempering"]
