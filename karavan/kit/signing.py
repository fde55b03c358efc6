"""Signatures and encryption with keys derived from the secret key, which can be replaced without breaking anything.

One secret gives as many independent keys as there are purposes (HKDF-SHA256, RFC 5869). The first secret signs and
encrypts; the earlier ones still verify and decrypt, so that links and stored texts outlive a change of the secret.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from karavan.settings import Settings

_NONCE_BYTES = 12
_KEY_ID_BYTES = 4


class UndecipherableError(Exception):
    """The text was encrypted with a secret that is no longer known, for another purpose, or was changed."""


@lru_cache(maxsize=256)
def _derived(secret: str, purpose: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=b"karavan", info=purpose.encode())
    return derivation.derive(secret.encode())


class KeyRing:
    """The secrets of this installation, the present one first."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets or not all(secrets):
            raise ValueError("a key ring needs at least one secret, and none may be empty")
        self._secrets = tuple(secrets)

    def key(self, purpose: str) -> bytes:
        """The present 32-byte key for a purpose, such as `media.link`."""
        return _derived(self._secrets[0], purpose)

    def sign(self, purpose: str, message: str) -> str:
        """An HMAC-SHA256 over `message` as URL-safe text of 43 characters."""
        return _signature(self._secrets[0], purpose, message)

    def verifies(self, purpose: str, message: str, signature: str) -> bool:
        """Whether one of the secrets made `signature`; compared in constant time."""
        given = signature.encode("utf-8", "replace")
        return any(
            hmac.compare_digest(_signature(secret, purpose, message).encode(), given)
            for secret in self._secrets
        )

    def encrypt(self, purpose: str, plain: bytes) -> bytes:
        """AES-256-GCM: key id, nonce, ciphertext with its tag. The purpose is authenticated too."""
        secret = self._secrets[0]
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(_derived(secret, purpose)).encrypt(nonce, plain, purpose.encode())
        return _key_id(secret) + nonce + sealed

    def decrypt(self, purpose: str, sealed: bytes) -> bytes:
        """What `encrypt` was given.

        Raises:
            UndecipherableError: no known secret made it, or it was changed.
        """
        key_id, rest = sealed[:_KEY_ID_BYTES], sealed[_KEY_ID_BYTES:]
        nonce, ciphertext = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        for secret in self._secrets:
            if _key_id(secret) == key_id:
                try:
                    cipher = AESGCM(_derived(secret, purpose))
                    return cipher.decrypt(nonce, ciphertext, purpose.encode())
                except (InvalidTag, ValueError) as error:
                    raise UndecipherableError("the text was changed") from error
        raise UndecipherableError("the text was encrypted with an unknown secret")


def _signature(secret: str, purpose: str, message: str) -> str:
    digest = hmac.digest(_derived(secret, purpose), message.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _key_id(secret: str) -> bytes:
    return _derived(secret, "key-id")[:_KEY_ID_BYTES]


_installed: list[KeyRing] = []


def install_keys(settings: Settings) -> KeyRing:
    """Make the settings' secrets the key ring of this process. The composition roots call it once, first of all."""
    earlier = settings.previous_secret_keys.get_secret_value().split(",")
    secrets = [settings.secret_key.get_secret_value(), *(key.strip() for key in earlier)]
    _installed[:] = [KeyRing([secret for secret in secrets if secret])]
    return _installed[0]


def key_ring() -> KeyRing:
    """The key ring of this process.

    Raises:
        RuntimeError: the composition root has not installed one.
    """
    if not _installed:
        raise RuntimeError(
            "no keys are installed: the composition root calls install_keys(settings)"
        )
    return _installed[0]
