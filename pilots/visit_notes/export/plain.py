"""The note as plain text."""

from __future__ import annotations

from pilots.visit_notes.export.layout import Layout


def write_text(layout: Layout) -> str:
    """Return the note as text with one line a statement."""
    out = [layout.title.upper(), ""]
    if layout.banner:
        out += [layout.banner, ""]
    out += [f"{label}: {value}" for label, value in layout.facts] + [""]
    for part in layout.parts:
        out.append(part.title)
        out += [f"- {line.text}" + (f" [{line.moments}]" if line.moments else "") for line in part.lines]
        out += ([part.note] if part.note else []) + [""]
    out.append("Actions")
    out += [f"- {what} – who: {owner}; by: {due}" for what, owner, due in layout.actions] or ["None recorded."]
    return "\n".join([*out, "", *layout.footer]) + "\n"
