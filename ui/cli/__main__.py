"""``python -m ui.cli`` is ``rapt``."""

from ui.cli import main

main()
