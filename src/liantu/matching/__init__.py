"""Candidates, reasons, ranking."""
