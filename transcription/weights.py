"""Which Whisper weights are in use: the pinned ones, or those the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import MissingModel
from core.model_files import file_sha256, locate, sha256_of
from core.settings import Settings

PINNED = "whisper-base"


@dataclass(frozen=True)
class Weights:
    """A folder in CTranslate2 form and the hash of its model file."""

    folder: Path
    sha256: str


def speech_weights(settings: Settings) -> Weights:
    """Return the weights to use.

    ``settings.speech_model`` may be a folder or an official hub id; only an id makes a network
    request, because the administrator asked for it.

    Raises:
        MissingModel: files are missing, or one differs from its pinned hash.
    """
    if not settings.speech_model:
        return Weights(locate(PINNED, settings), sha256_of(PINNED))
    folder = Path(settings.speech_model).expanduser()
    if not folder.is_dir():
        folder = _from_hub(settings.speech_model)
    model = folder / "model.bin"
    if not model.is_file():
        raise MissingModel(
            "The folder set as speech_model holds no model.bin.",
            "Point speech_model at a Whisper model in CTranslate2 form, or unset it to use the pinned one.",
        )
    return Weights(folder, file_sha256(model))


def _from_hub(name: str) -> Path:
    from faster_whisper.utils import download_model

    try:
        return Path(download_model(name))
    except Exception as error:
        raise MissingModel(
            "The speech model named in the settings could not be found or fetched.",
            "Check speech_model: it is a folder, or an official hub id reachable from this machine.",
        ) from error
