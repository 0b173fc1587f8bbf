"""Pieces of pages: each draws one thing and calls one or two core services."""
