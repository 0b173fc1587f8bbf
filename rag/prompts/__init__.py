"""Prompts as versioned text files: a changed prompt is a new file."""

from __future__ import annotations

from importlib.resources import files


def prompt(name: str) -> str:
    """Return the text of the prompt called ``name`` (with its version, such as ``write_section.v1``)."""
    return files("rag.prompts").joinpath(f"{name}.txt").read_text("utf-8")
