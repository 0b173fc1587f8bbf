"""The server that `rapt serve` starts: the staff app's script behind the sealing of uploads."""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from ui.staff.sealed_uploads import SealedUploads

app = App(Path(__file__).with_name("app.py").resolve(), middleware=[Middleware(SealedUploads)])
