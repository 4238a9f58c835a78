"""Duties and rhythm: what is due from whom, what is late and how far it has climbed, what a person has to do this week."""
