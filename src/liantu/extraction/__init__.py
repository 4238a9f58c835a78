"""Sentences to findings: figures, projects, enterprises, chains, relations, events."""
