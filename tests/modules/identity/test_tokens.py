"""Access tokens: who is believed."""

import time
from datetime import datetime, timedelta
from uuid import UUID

import jwt
import pytest
from starlette.datastructures import Headers

from karavan.kit.authz import Credentials
from karavan.modules.identity.tokens import (
    credentials_reader,
    derived_key,
    issue_access_token,
    signed,
    unsigned,
)
from karavan.settings import Settings

USER, ORGANISATION, SESSION = UUID(int=1), UUID(int=2), UUID(int=3)
SETTINGS = Settings()
EXPECTED = Credentials(USER, ORGANISATION, SESSION)


def token(settings=SETTINGS):
    return issue_access_token(
        settings, user_id=USER, organisation_id=ORGANISATION, session_id=SESSION
    )


def read(settings=SETTINGS, **headers):
    return credentials_reader(settings)(Headers(headers))


def test_header_and_cookie_are_read():
    assert read(authorization=f"Bearer {token()}") == EXPECTED
    assert read(authorization=f"bearer  {token()}") == EXPECTED
    assert read(cookie=f"theme=dark; karavan_access={token()}; other=1") == EXPECTED


def test_a_header_stands_before_the_cookie():
    assert read(authorization="Bearer nonsense", cookie=f"karavan_access={token()}") is None
    assert read(authorization="Basic dXNlcjpwdw==", cookie=f"karavan_access={token()}") is None


def test_claims():
    claims = jwt.decode(token(), options={"verify_signature": False})
    assert {name: claims[name] for name in ("iss", "sub", "org", "sid")} == {
        "iss": "karavan",
        "sub": str(USER),
        "org": str(ORGANISATION),
        "sid": str(SESSION),
    }
    assert claims["exp"] - claims["iat"] == 1800
    assert len(claims["jti"]) == 16


@pytest.mark.parametrize("bad", ["", "x", "a.b.c", "\u00e9", "." * 5000])
def test_nonsense_is_nobody(bad):
    assert read(authorization=f"Bearer {bad}") is None


def test_forged_tokens_are_nobody():
    claims = {"iss": "karavan", "exp": 9_999_999_999, "sub": str(USER), "org": str(ORGANISATION)}
    claims["sid"] = str(SESSION)
    none = jwt.encode(claims, None, algorithm="none")
    other = jwt.encode(claims, "another-key-of-at-least-32-bytes!", algorithm="HS256")
    other_issuer = jwt.encode(
        {**claims, "iss": "x"}, derived_key(SETTINGS, "access"), algorithm="HS256"
    )
    no_expiry = jwt.encode(
        {k: v for k, v in claims.items() if k != "exp"}, derived_key(SETTINGS, "access"), "HS256"
    )
    no_session = jwt.encode(
        {k: v for k, v in claims.items() if k != "sid"}, derived_key(SETTINGS, "access"), "HS256"
    )
    not_uuid = jwt.encode({**claims, "sub": 5}, derived_key(SETTINGS, "access"), "HS256")
    good = jwt.encode(claims, derived_key(SETTINGS, "access"), algorithm="HS256")
    assert read(authorization=f"Bearer {good}") == EXPECTED
    for forged in (none, other, other_issuer, no_expiry, no_session, not_uuid):
        assert read(authorization=f"Bearer {forged}") is None


def test_expired_tokens_are_nobody():
    expired = token(SETTINGS.model_copy(update={"access_token_ttl_s": -1}))
    assert read(authorization=f"Bearer {expired}") is None


def test_a_token_of_one_purpose_is_none_of_another():
    registration = signed(SETTINGS, "oauth-registration", {"identity": {}}, ttl_s=60)
    assert unsigned(SETTINGS, "oauth-registration", registration)["identity"] == {}
    assert unsigned(SETTINGS, "access", registration) is None
    assert read(authorization=f"Bearer {registration}") is None
    assert unsigned(SETTINGS, "oauth-registration", token()) is None


def test_a_known_token_is_believed_until_it_expires(monkeypatch):
    reader, headers = credentials_reader(SETTINGS), Headers({"authorization": f"Bearer {token()}"})
    assert reader(headers) == reader(headers) == EXPECTED
    late = time.time() + 1801
    monkeypatch.setattr("karavan.modules.identity.tokens.time.time", lambda: late)
    monkeypatch.setattr("jwt.api_jwt.datetime", _Later)
    assert reader(headers) is None


class _Later(datetime):
    """The clock as the library reads it, half an hour on."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(seconds=1801)


def test_each_reader_believes_its_own_key():
    other = Settings(secret_key="another-secret-of-more-than-32-bytes")
    reader = credentials_reader(SETTINGS)
    assert reader(Headers({"authorization": f"Bearer {token()}"})) == EXPECTED
    assert reader(Headers({"authorization": f"Bearer {token(other)}"})) is None
