"""Template tags and filters of the workbench."""
