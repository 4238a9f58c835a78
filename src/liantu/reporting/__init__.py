"""Drawings, charts and workbooks."""
