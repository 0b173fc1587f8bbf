from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr

from core import vault
from core.errors import ServiceUnavailable
from core.migrations import upgrade
from core.settings import Settings

KEY = SecretStr(base64.b64encode(bytes(range(32))).decode())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON, place=st.text(max_size=40))
@hypothesis_settings(max_examples=60)
def test_when_a_value_is_sealed_then_it_opens_to_the_same_value(value: object, place: str) -> None:
    mine = Settings(key=KEY)
    assert vault.unseal(mine, vault.seal(mine, value, place), place) == value


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
@hypothesis_settings(max_examples=60)
def test_when_one_bit_of_a_sealed_value_changes_then_it_does_not_open(at: int, bit: int) -> None:
    mine = Settings(key=KEY)
    sealed = bytearray(vault.seal(mine, {"name": "Zebedee"}, "cases/1"))
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(ServiceUnavailable):
        vault.unseal(mine, bytes(sealed), "cases/1")


def test_when_a_sealed_value_is_copied_to_another_row_then_it_does_not_open() -> None:
    mine = Settings(key=KEY)
    with pytest.raises(ServiceUnavailable):
        vault.unseal(mine, vault.seal(mine, "x", "cases/1"), "cases/2")


def test_when_the_key_is_another_one_then_nothing_opens() -> None:
    sealed = vault.seal(Settings(key=KEY), "x", "cases/1")
    other = Settings(key=SecretStr(base64.b64encode(bytes(32)).decode()))
    with pytest.raises(ServiceUnavailable):
        vault.unseal(other, sealed, "cases/1")


def test_when_the_store_is_first_made_then_the_key_file_is_only_the_owners(settings: Settings) -> None:
    upgrade(settings)
    path = vault.key_path(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((settings.home / "rapt.sqlite").stat().st_mode) == 0o600
    assert len(vault.master_key(settings)) == 32
    assert list(path.parent.iterdir()) == [path]


def test_when_the_key_file_is_lost_then_no_new_key_is_made_in_its_place(settings: Settings) -> None:
    upgrade(settings)
    vault.key_path(settings).unlink()
    with pytest.raises(ServiceUnavailable) as caught:
        upgrade(settings)
    assert caught.value.code == "key_missing"
    assert not vault.has_key(settings)


def test_when_the_key_is_not_the_stores_then_it_does_not_start(settings: Settings) -> None:
    upgrade(settings)
    with pytest.raises(ServiceUnavailable) as caught:
        upgrade(settings.model_copy(update={"key": KEY}))
    assert caught.value.code == "key_invalid"


@pytest.mark.parametrize("text", ["", "not base64 !", base64.b64encode(bytes(16)).decode(), "AAAA"])
def test_when_the_key_is_malformed_then_the_message_names_the_place_and_not_the_key(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "k"
    path.write_text(text)
    with pytest.raises(ServiceUnavailable) as caught:
        vault.master_key(Settings(key_file=path))
    assert caught.value.code == "key_invalid" and (not text or text not in caught.value.message)
