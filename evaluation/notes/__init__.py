"""Scoring a drafted visit note against the gold of a fictional visit."""
