"""Measures of a region, a chain, a pair of cities."""
