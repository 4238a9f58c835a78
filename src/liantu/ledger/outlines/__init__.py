"""The outline of a chain as people edit it: a tree that stays one, kept with every change."""
