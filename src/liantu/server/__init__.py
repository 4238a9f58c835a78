"""Serving one document folder: its ledger, its administrator, the pages, and the reader that follows the folder.

The pages and the reader are two processes: reading is heavy work, and a page must not wait for it.
"""
