"""Pictures and files made of facts: chain maps, region maps, charts, workbooks."""

from liantu.reporting.boundaries import Boundary, BoundaryFileError, BoundarySet, children_of
from liantu.reporting.chain_drawing import draw_chain_map, draw_legend
from liantu.reporting.chain_outline import ChainMap, Edge, Segment, chain_map_of, outline_rows
from liantu.reporting.charts import Bar, bar_chart
from liantu.reporting.choropleth import draw_choropleth
from liantu.reporting.office_paper import Grid, Heading, Notes, Paper, Paragraph, docx_bytes
from liantu.reporting.tables import Column, Sheet, book_bytes, csv_lines, xlsx_bytes

__all__ = [
    "Bar",
    "Boundary",
    "BoundaryFileError",
    "BoundarySet",
    "ChainMap",
    "Column",
    "Edge",
    "Grid",
    "Heading",
    "Notes",
    "Paper",
    "Paragraph",
    "Segment",
    "Sheet",
    "bar_chart",
    "book_bytes",
    "chain_map_of",
    "children_of",
    "csv_lines",
    "docx_bytes",
    "draw_chain_map",
    "draw_choropleth",
    "draw_legend",
    "outline_rows",
    "xlsx_bytes",
]
