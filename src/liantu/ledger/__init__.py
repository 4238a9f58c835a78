"""Facts and work: sources, statements, entities, judgements, views. services.py is its door."""
