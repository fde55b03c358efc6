"""Passwords: Argon2id in threads, bcrypt hashes of imported accounts accepted, and a policy of what is too weak."""

import asyncio
import os
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, TypeVar, TypeVarTuple

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from pydantic import AfterValidator, StringConstraints

from karavan.kit.errors import invalid
from karavan.modules.identity.common_passwords import COMMON_PASSWORDS

PASSWORD_MIN_LENGTH = 10
PASSWORD_MAX_LENGTH = 128
_DISTINCT_MIN = 4

ResultT = TypeVar("ResultT")
ArgumentsT = TypeVarTuple("ArgumentsT")


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must be valid Unicode text") from error
    return value


PasswordText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=PASSWORD_MAX_LENGTH),
    AfterValidator(_encodable),
]
"""A password in a request. Only its size is checked here: whether it is good enough is asked of new ones alone."""


class PasswordHasher:
    """Hashes and verifies without holding up the event loop.

    Args:
        argon2: the profile of new hashes; 64 MiB and three passes by default. Tests use a cheap one.
        threads: how many hashes are computed at once; each takes the profile's memory, so this is the bound of
            what a flood of sign-ins can cost.
    """

    def __init__(self, argon2: Argon2Hasher | None = None, *, threads: int | None = None) -> None:
        self._hashes = PasswordHash((argon2 or Argon2Hasher(parallelism=1), BcryptHasher()))
        self._threads = ThreadPoolExecutor(
            threads or max(2, os.cpu_count() or 2), thread_name_prefix="password"
        )
        self._nobodys_hash: str | None = None

    async def hash(self, password: str) -> str:
        """The hash to store for a new password."""
        return await self._run(self._hashes.hash, _prepared(password))

    async def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether the password is right, and a new hash when the stored one is of an older kind.

        Without a stored hash the work is done all the same, on a hash that nobody's password has: an address
        without an account answers no faster than one with.
        """
        return await self._run(self._verify, _prepared(password), stored)

    def _verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        if stored is None:
            if self._nobodys_hash is None:
                self._nobodys_hash = self._hashes.hash(secrets.token_hex(16))
            self._hashes.verify(password, self._nobodys_hash)
            return False, None
        try:
            return self._hashes.verify_and_update(password, stored)
        except (UnknownHashError, ValueError):
            # A hash of a kind we do not know, or a password with NUL against bcrypt, which cannot hold one.
            return False, None

    async def _run(
        self, work: Callable[[*ArgumentsT], ResultT], *arguments: *ArgumentsT
    ) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


def _prepared(password: str) -> str:
    """One password typed on two keyboards must be one text (RFC 8265 asks for a normal form)."""
    return unicodedata.normalize("NFC", password)


def check_new_password(password: str, *, email: str, pointer: str = "#/password") -> None:
    """Refuse a password that is short, common, monotonous, or the person's own address.

    Raises:
        ValidationError: it is too weak; the code says why.
    """
    lowered = password.lower()
    if len(password) < PASSWORD_MIN_LENGTH:
        raise invalid(
            pointer,
            "password.too_short",
            f"Use at least {PASSWORD_MIN_LENGTH} characters.",
            min_length=PASSWORD_MIN_LENGTH,
        )
    if lowered in COMMON_PASSWORDS or len(set(lowered)) < _DISTINCT_MIN:
        raise invalid(
            pointer, "password.too_common", "This password is among the first to be tried."
        )
    local_part = email.partition("@")[0].lower()
    if email.lower() in lowered or (len(local_part) >= 4 and local_part in lowered):
        raise invalid(
            pointer, "password.contains_email", "The password must not contain your e-mail address."
        )


_hasher = PasswordHasher()


async def hash_password(password: str) -> str:
    """The hash to store for a new password. Takes a tenth of a second: never inside a transaction."""
    return await _hasher.hash(password)


async def verify_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """As `PasswordHasher.verify`. Never inside a transaction."""
    return await _hasher.verify(password, stored)


def use_hasher(replacement: PasswordHasher) -> None:
    """Hash from now on with another profile. Hashes of other profiles stay valid and are renewed at sign-in."""
    global _hasher  # noqa: PLW0603  # one hasher per process, because its threads bound the memory
    _hasher = replacement
