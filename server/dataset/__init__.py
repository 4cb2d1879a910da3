"""The dataset described: how much there is of what, counted apart, and `/void`."""

from server.dataset.counting import Counting, Figures

__all__ = ["Counting", "Figures"]
