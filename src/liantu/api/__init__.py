"""The REST face: read-only, for programs, with the filters of the pages and the evidence of every row.

`urls.urlpatterns` goes under `/api/`; `queries` gives the same answers to Python callers.
"""
