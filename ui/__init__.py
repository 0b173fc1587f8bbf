"""The doors for people: the command line (``ui.cli``), the staff app and the resident page."""

__all__: list[str] = []
