"""Keys: every purpose its own, old secrets honoured, nothing altered unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karavan.kit.signing import KeyRing, UndecipherableError, install_keys, key_ring
from karavan.settings import Settings

RING = KeyRing(["present-secret"])


def test_a_signature_holds_for_its_purpose_and_message_alone() -> None:
    signature = RING.sign("media.link", "a:1")
    assert len(signature) == 43
    assert RING.verifies("media.link", "a:1", signature)
    assert not RING.verifies("media.link", "a:2", signature)
    assert not RING.verifies("mail.link", "a:1", signature)
    assert not RING.verifies("media.link", "a:1", signature[:-1])
    assert not RING.verifies("media.link", "a:1", "ключ")
    assert not KeyRing(["another"]).verifies("media.link", "a:1", signature)


def test_what_an_earlier_secret_signed_and_encrypted_stays_good() -> None:
    signature, sealed = RING.sign("p", "m"), RING.encrypt("p", b"text")
    rotated = KeyRing(["new-secret", "present-secret"])
    assert rotated.verifies("p", "m", signature)
    assert rotated.decrypt("p", sealed) == b"text"
    assert rotated.sign("p", "m") != signature
    with pytest.raises(UndecipherableError):
        KeyRing(["new-secret"]).decrypt("p", sealed)


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=10_000))
def test_a_changed_byte_is_noticed(plain: bytes, position: int) -> None:
    sealed = bytearray(RING.encrypt("p", plain))
    assert RING.decrypt("p", bytes(sealed)) == plain
    sealed[position % len(sealed)] ^= 1
    with pytest.raises(UndecipherableError):
        RING.decrypt("p", bytes(sealed))


def test_another_purpose_cannot_decrypt() -> None:
    with pytest.raises(UndecipherableError):
        RING.decrypt("q", RING.encrypt("p", b"text"))


@pytest.mark.parametrize("sealed", [b"", b"abc", b"\0" * 16])
def test_nonsense_is_undecipherable(sealed: bytes) -> None:
    with pytest.raises(UndecipherableError):
        RING.decrypt("p", sealed)


def test_settings_name_the_present_secret_and_the_earlier_ones() -> None:
    before = Settings(secret_key="one")
    signature = install_keys(before).sign("p", "m")
    install_keys(Settings(secret_key="two", previous_secret_keys="one, zero"))
    assert key_ring().verifies("p", "m", signature)
    assert key_ring().sign("p", "m") != signature
    install_keys(Settings())
