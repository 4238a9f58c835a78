"""The site that people use: pages, templates, static files. Chinese is the source language of every string."""
