"""The chart of the LKjIP as a picture: capaian against serapan per unit. The plotting library is optional."""

from __future__ import annotations

import io

from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.sheets.capaian import EFISIENSI

DPI = 200
_INCHES, _UNIT, _ROUND = (6.4, 9.0), 0.42, 0.8
"""Width of the picture as it is printed and its greatest height; what a unit takes of it, and the axis with the legend."""
_COLOURS = ("#1F3864", "#A6B8D4")
"""Dark and light: they differ on a black-and-white printer too."""


def reached_against_spent(year: Year) -> bytes:
    """A PNG with two bars per unit, in percent; empty where the library is missing or there is nothing to show."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return b""
    spent = {line.kode: line.serapan for line in year.money if line.level == "unit"}
    units = [(average.label, average.percent, spent.get(average.key)) for average in year.averages["unit"]]
    if not any(value is not None for _, *values in units for value in values):
        return b""
    figure = Figure(figsize=(_INCHES[0], min(_INCHES[1], _UNIT * max(len(units), 3) + _ROUND)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for offset, (label, colour) in enumerate(zip(("Capaian (%)", EFISIENSI.table.own("serapan").label), _COLOURS, strict=True)):
        values = [float(pair[offset] or 0) for _, *pair in units]
        places = [index + 0.38 * offset for index in range(len(units))]
        bars = axes.barh(places, values, height=0.36, label=label, color=colour, edgecolor=_COLOURS[0], linewidth=0.5)
        words = ["belum ada" if pair[offset] is None else f"{pair[offset]}".replace(".", ",") for _, *pair in units]
        axes.bar_label(bars, labels=words, padding=2, fontsize=7)
    axes.set_yticks([index + 0.19 for index in range(len(units))], [label for label, *_ in units], fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.tick_params(axis="x", labelsize=7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=8, frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()
