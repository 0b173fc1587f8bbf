"""Uploads on their way in: the same bytes come out, sealed on disk, once, and a refused one leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from core.errors import BadInput, RaptError, ServiceUnavailable
from core.settings import Settings
from ui.staff.spool import Spool, forget, keep, opened


def _spool(settings: Settings, *parts: bytes) -> Spool:
    settings.home.mkdir(parents=True, exist_ok=True)
    spool = Spool(settings)
    for part in parts:
        spool.feed(part)
    spool.finish()
    return spool


def _left(settings: Settings) -> list[Path]:
    return list((settings.home / "tmp").iterdir())


@examples(max_examples=20)
@given(parts=st.lists(st.binary(max_size=50), max_size=6), large=st.sampled_from([0, 1, (1 << 20) - 1, 1 << 20, 3_000_000]))
def test_when_bytes_come_in_any_parts_then_the_same_bytes_come_out_once(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], large: int
) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("home"), min_free_mb=1)
    whole = b"RIFF" * (large // 4) + b"".join(parts)
    spool = _spool(settings, b"RIFF" * (large // 4), *parts)
    (path,) = _left(settings)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"RIFF" * 4 not in path.read_bytes()
    word = keep(spool)
    with opened(word) as clear:
        assert clear.read() == whole
    assert _left(settings) == []
    with pytest.raises(ServiceUnavailable, match="not there any more"), opened(word):
        pass


@pytest.mark.parametrize(
    ("changed", "kind", "says"),
    [
        ({"max_upload_mb": 1}, BadInput, "larger than 1 MB"),
        ({"min_free_mb": 10**9}, ServiceUnavailable, "too little room"),
    ],
)
def test_when_an_upload_cannot_be_kept_then_nothing_stays_and_its_page_is_told_why(
    tmp_path: Path, changed: dict[str, int], kind: type[RaptError], says: str
) -> None:
    settings = Settings(home=tmp_path, **{"min_free_mb": 1, **changed})  # type: ignore[arg-type]
    spool = _spool(settings, *[b"x" * 300_000] * 20)
    assert _left(settings) == []
    with pytest.raises(kind, match=says) as caught, opened(keep(spool)):
        pass
    assert caught.value.remedy


def test_when_an_upload_is_broken_off_or_not_asked_for_then_nothing_stays(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, min_free_mb=1)
    spool = Spool(settings)
    spool.feed(b"x" * 3_000_000)
    spool.drop()
    assert _left(settings) == []
    word = keep(_spool(settings, b"y"))
    forget(word)
    forget(word)
    assert _left(settings) == []


@pytest.mark.parametrize("word", ["", "0" * 32, "../../keys/files.key"])
def test_when_a_word_is_made_up_then_it_opens_nothing(word: str) -> None:
    with pytest.raises(ServiceUnavailable), opened(word):
        pass
