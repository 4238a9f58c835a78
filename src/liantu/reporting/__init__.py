"""Pictures and files made of facts: chain maps, region maps, charts, workbooks."""

from liantu.reporting.boundaries import Boundary, BoundaryFileError, BoundarySet, children_of
from liantu.reporting.chain_drawing import draw_chain_map, draw_legend
from liantu.reporting.chain_outline import ChainMap, Edge, Segment, chain_map_of, outline_rows
from liantu.reporting.charts import Bar, bar_chart
from liantu.reporting.choropleth import draw_choropleth
from liantu.reporting.tables import Column, csv_lines, xlsx_bytes

__all__ = [
    "Bar",
    "Boundary",
    "BoundaryFileError",
    "BoundarySet",
    "ChainMap",
    "Column",
    "Edge",
    "Segment",
    "bar_chart",
    "chain_map_of",
    "children_of",
    "csv_lines",
    "draw_chain_map",
    "draw_choropleth",
    "draw_legend",
    "outline_rows",
    "xlsx_bytes",
]
