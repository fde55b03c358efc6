"""Links to the bytes of a file: good for whoever holds one, for a limited time, and for one file alone."""

import time
from urllib.parse import urlencode
from uuid import UUID

from karavan.kit.signing import key_ring
from karavan.modules.media.errors import LinkExpiredError, LinkInvalidError
from karavan.modules.media.models import ORIGINAL

_PURPOSE = "media.link"
_STEP_S = 3600


def content_url(file_id: UUID | str, variant: str = ORIGINAL) -> str:
    """A signed address, relative to the site, good for one to two hours.

    It ends on a full hour, so that within an hour the same file has the same address and browsers can keep it.
    """
    expires = (int(time.time()) // _STEP_S + 2) * _STEP_S
    query = {"expires": expires, "signature": _sign(file_id, variant, expires)}
    if variant != ORIGINAL:
        query["variant"] = variant
    return f"/api/v1/media/{file_id}/content?{urlencode(query)}"


def check_link(file_id: UUID, variant: str, expires: int, signature: str) -> None:
    """Let through what `content_url` has signed.

    Raises:
        LinkInvalidError: it has not.
        LinkExpiredError: it has, too long ago.
    """
    if not key_ring().verifies(_PURPOSE, _message(file_id, variant, expires), signature):
        raise LinkInvalidError
    if expires < time.time():
        raise LinkExpiredError


def _message(file_id: UUID | str, variant: str, expires: int) -> str:
    return f"{file_id}\n{variant}\n{expires}"


def _sign(file_id: UUID | str, variant: str, expires: int) -> str:
    return key_ring().sign(_PURPOSE, _message(file_id, variant, expires))
