from __future__ import annotations

import errno
import hashlib
import io
import os
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import files
from core.access import User
from core.errors import BadInput, ConsentMissing, ServiceUnavailable
from core.sealed_stream import CHUNK, MAGIC, TAG, SealedReader, encrypt
from core.settings import Settings
from tests.core._sample import AUDIO, PLANTED, a_case

KEY = bytes(range(32))


def _sealed(clear: bytes, belongs_to: str = "file-1") -> bytes:
    out = io.BytesIO()
    encrypt(io.BytesIO(clear), out, KEY, belongs_to)
    return out.getvalue()


SIZES = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])


@given(size=SIZES, seed=st.binary(min_size=1, max_size=16))
@hypothesis_settings(max_examples=25)
def test_when_a_file_is_encrypted_then_it_reads_back_whole(size: int, seed: bytes) -> None:
    clear = (seed * (size // len(seed) + 1))[:size]
    out = io.BytesIO()
    assert encrypt(io.BytesIO(clear), out, KEY, "file-1") == (hashlib.sha256(clear).hexdigest(), size)
    assert SealedReader(io.BytesIO(out.getvalue()), KEY, "file-1").readall() == clear
    assert size < 16 or clear[:16] not in out.getvalue()


CLEAR = os.urandom(2 * CHUNK + 500)
SEALED = _sealed(CLEAR)


@given(start=st.integers(0, len(CLEAR) + 10), length=st.integers(0, CHUNK + 50))
@hypothesis_settings(max_examples=80)
def test_when_reading_starts_anywhere_then_the_same_bytes_come(start: int, length: int) -> None:
    reader = io.BufferedReader(SealedReader(io.BytesIO(SEALED), KEY, "file-1"))
    reader.seek(start)
    assert reader.read(length) == CLEAR[start : start + length]


@given(at=st.integers(0, len(SEALED) - 1))
@hypothesis_settings(max_examples=60)
def test_when_one_byte_changes_then_the_file_does_not_read_to_its_end(at: int) -> None:
    spoiled = bytearray(SEALED)
    spoiled[at] ^= 1
    with pytest.raises(ServiceUnavailable):
        SealedReader(io.BytesIO(bytes(spoiled)), KEY, "file-1").readall()


FULL = CHUNK + TAG
HEAD = len(MAGIC)
REARRANGED = {
    "last chunk cut": SEALED[: HEAD + 2 * FULL],
    "cut inside a chunk": SEALED[: HEAD + FULL + 99],
    "chunks swapped": SEALED[:HEAD]
    + SEALED[HEAD + FULL : HEAD + 2 * FULL]
    + SEALED[HEAD : HEAD + FULL]
    + SEALED[HEAD + 2 * FULL :],
    "chunk left out": SEALED[:HEAD] + SEALED[HEAD + FULL :],
    "chunk repeated": SEALED[: HEAD + FULL] + SEALED[HEAD:],
    "bytes added": SEALED + b"x",
    "empty": b"",
    "header only": SEALED[:HEAD],
}


@pytest.mark.parametrize("name", REARRANGED)
def test_when_an_encrypted_file_is_cut_or_rearranged_then_it_does_not_open(name: str) -> None:
    with pytest.raises(ServiceUnavailable):
        SealedReader(io.BytesIO(REARRANGED[name]), KEY, "file-1").readall()


def test_when_a_file_is_renamed_to_another_then_it_does_not_open() -> None:
    with pytest.raises(ServiceUnavailable):
        SealedReader(io.BytesIO(SEALED), KEY, "file-2")


class _Dribble(io.RawIOBase):
    """A network-like stream that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, 70_001))


def test_when_a_stream_comes_in_small_pieces_then_nothing_is_lost(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner)
    stored = files.put(store, practitioner, case.id, _Dribble(CLEAR), "audio")  # type: ignore[arg-type]
    assert files.read(store, stored.id) == CLEAR
    assert (stored.sha256, stored.size) == (hashlib.sha256(CLEAR).hexdigest(), len(CLEAR))


def test_when_the_same_content_comes_twice_then_one_is_kept_and_named(
    store: Settings, practitioner: User
) -> None:
    case, other = a_case(store, practitioner), a_case(store, practitioner, "AN-0002")
    first = files.put(store, practitioner, case.id, io.BytesIO(AUDIO), "audio")
    again = files.put(store, practitioner, case.id, io.BytesIO(AUDIO), "audio")
    elsewhere = files.put(store, practitioner, other.id, io.BytesIO(AUDIO), "audio")
    assert (first.same_as, again.same_as, elsewhere.same_as) == (None, first.id, None)
    assert len(list(files.files_dir(store).iterdir())) == 2


def test_when_a_path_is_lent_then_it_is_private_and_gone_afterwards(
    store: Settings, practitioner: User
) -> None:
    stored = files.put(store, practitioner, a_case(store, practitioner).id, io.BytesIO(AUDIO), "audio")
    with pytest.raises(RuntimeError), files.as_path(store, stored.id, ".wav") as path:
        assert path.read_bytes() == AUDIO and path.suffix == ".wav" and path.stat().st_mode & 0o077 == 0
        raise RuntimeError
    assert not path.exists()


def test_when_a_file_is_deleted_then_it_is_gone_for_good_and_again_is_no_error(
    store: Settings, practitioner: User
) -> None:
    stored = files.put(store, practitioner, a_case(store, practitioner).id, io.BytesIO(AUDIO), "audio")
    files.delete(store, practitioner, stored.id)
    files.delete(store, practitioner, stored.id)
    assert not list(files.files_dir(store).iterdir())
    with pytest.raises(BadInput):
        files.read(store, stored.id)


def _nothing_left(store: Settings) -> bool:
    return not any(files.files_dir(store).glob("*"))


@pytest.mark.parametrize(("content", "limit"), [(b"", None), (b"x" * 11, 10)])
def test_when_a_file_is_empty_or_too_large_then_it_is_refused_and_nothing_stays(
    store: Settings, practitioner: User, content: bytes, limit: int | None
) -> None:
    case = a_case(store, practitioner)
    with pytest.raises(BadInput) as caught:
        files.put(store, practitioner, case.id, io.BytesIO(content), "audio", max_bytes=limit)
    assert caught.value.remedy and _nothing_left(store)


class _Breaks(io.RawIOBase):
    def __init__(self, error: OSError) -> None:
        self._error = error
        self._given = False

    def read(self, size: int = -1) -> bytes:
        if self._given:
            raise self._error
        self._given = True
        return b"x" * size


@pytest.mark.parametrize(
    ("error", "seen"),
    [(OSError(errno.ENOSPC, "full"), ServiceUnavailable), (ConnectionResetError("gone"), OSError)],
)
def test_when_the_upload_breaks_off_then_nothing_half_written_stays(
    store: Settings, practitioner: User, error: OSError, seen: type[Exception]
) -> None:
    case = a_case(store, practitioner)
    with pytest.raises(seen):
        files.put(store, practitioner, case.id, _Breaks(error), "audio")  # type: ignore[arg-type]
    assert _nothing_left(store)


def test_when_the_disk_is_nearly_full_then_work_is_refused_with_a_remedy(
    store: Settings, practitioner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(store, practitioner)
    monkeypatch.setattr("core.files.shutil.disk_usage", lambda _path: SimpleNamespace(free=499_000_000))
    with pytest.raises(ServiceUnavailable) as caught:
        files.put(store, practitioner, case.id, io.BytesIO(AUDIO), "audio")
    assert caught.value.code == "disk_full" and "500 MB" in caught.value.remedy and _nothing_left(store)


def test_when_the_disk_fills_up_during_an_upload_then_it_stops_and_nothing_stays(
    store: Settings, practitioner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(store, practitioner)
    free = iter([10**12, 10**12, 0, 0, 0])
    monkeypatch.setattr("core.files.shutil.disk_usage", lambda _path: SimpleNamespace(free=next(free)))
    with pytest.raises(ServiceUnavailable), open("/dev/zero", "rb") as endless:
        files.put(store, practitioner, case.id, endless, "audio")
    assert _nothing_left(store)


def test_when_there_is_no_consent_then_not_even_a_file_is_taken_in(
    store: Settings, practitioner: User
) -> None:
    case = a_case(store, practitioner, consent=False)
    with pytest.raises(ConsentMissing):
        files.put(store, practitioner, case.id, io.BytesIO(AUDIO), "audio")
    assert _nothing_left(store)


def test_when_a_file_is_stored_then_its_content_is_nowhere_in_clear(
    store: Settings, practitioner: User
) -> None:
    files.put(store, practitioner, a_case(store, practitioner).id, io.BytesIO(AUDIO), "audio")
    for path in store.home.rglob("*"):
        assert not path.is_file() or PLANTED.encode() not in path.read_bytes(), path


class _Zeros(io.RawIOBase):
    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return bytes(given)


def test_when_a_file_is_large_then_memory_stays_small(tmp_path: Path) -> None:
    size, total = 300_000_000, 0
    tracemalloc.start()
    with (tmp_path / "big").open("wb") as sealed:
        encrypt(_Zeros(size), sealed, KEY, "file-1")  # type: ignore[arg-type]
    with SealedReader((tmp_path / "big").open("rb"), KEY, "file-1") as reader:
        while part := reader.read(CHUNK):
            total += len(part)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == size and peak < 8 * CHUNK
