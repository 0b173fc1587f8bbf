"""How Streamlit is started: options and theme as flags, so that no file of the working folder matters."""

from __future__ import annotations

from pathlib import Path

APP = Path(__file__).parent / "staff" / "staff_server.py"
"""the staff app's server"""

OPTIONS: dict[str, str] = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.maxMessageSize": "200",
    "browser.gatherUsageStats": "false",
    "browser.serverAddress": "127.0.0.1",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "runner.magicEnabled": "false",
    "logger.level": "warning",
    "theme.base": "light",
    "theme.primaryColor": "#0b5568",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#eef3f5",
    "theme.textColor": "#17252d",
    "theme.linkColor": "#0b5568",
    "theme.borderColor": "#b9c6cc",
    "theme.linkUnderline": "true",
    "theme.baseRadius": "0.4rem",
    "theme.showWidgetBorder": "true",
    "theme.headingFontWeights": "[700,650,600]",
    "theme.headingFontSizes": '["2.1rem","1.5rem","1.2rem"]',
    "theme.redTextColor": "#8f1d1d",
    "theme.orangeTextColor": "#7a4300",
    "theme.yellowTextColor": "#5f4b00",
    "theme.greenTextColor": "#17602f",
    "theme.blueTextColor": "#0b4a6f",
    "theme.sidebar.backgroundColor": "#eef3f5",
}
"""Nothing is sent home, no traceback reaches a page, and small text keeps a contrast of 4.5 to 1."""


def streamlit_arguments(port: int, max_upload_mb: int, secrets: Path | None = None, address: str = "") -> list[str]:
    """Return the arguments after ``python -m`` that start the staff app on ``port`` of 127.0.0.1.

    ``secrets`` is the only file that secrets are read from; ``address`` is the host name people use
    when a proxy of the council stands in front.
    """
    flags = {**OPTIONS, "server.port": str(port), "server.maxUploadSize": str(max_upload_mb)}
    if secrets is not None:
        flags["secrets.files"] = str(secrets)
    if address:
        flags["browser.serverAddress"] = address
    return ["streamlit", "run", str(APP), *(f"--{name}={value}" for name, value in flags.items())]
