"""The book's pictures: every function takes numbers and returns a Picture with its own alt text.

Those of what is within reach are in ``figures.reach``: students do not get that module.
"""

from attention_lab.figures.bars import scores_to_output, weight_bars, weight_grid
from attention_lab.figures.curves import error_curve, lines, passing_windows
from attention_lab.figures.flat import circle, slab
from attention_lab.figures.picture import Picture
from attention_lab.figures.space import hull, sphere

__all__ = [
    "Picture",
    "circle",
    "error_curve",
    "hull",
    "lines",
    "passing_windows",
    "scores_to_output",
    "slab",
    "sphere",
    "weight_bars",
    "weight_grid",
]
