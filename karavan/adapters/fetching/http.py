"""Public addresses by HTTP: each hop is checked, and the connection goes to the address that was checked."""

import asyncio
from urllib.parse import urljoin

import httpx

from karavan.kit.fetching import Fetched, FetchError, checked_url, public_address

_REDIRECTS_MAX = 3
_TIMEOUT_S = 15.0
_WHOLE_TIMEOUT_S = 60.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})


class HttpFetcher:
    """Fetches with a time limit for each step and for the whole, and without cookies, proxies or credentials.

    Args:
        transport: what carries the requests; by default the network itself.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport

    async def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """See `kit.fetching.Fetcher`."""
        try:
            async with asyncio.timeout(_WHOLE_TIMEOUT_S):
                async with httpx.AsyncClient(
                    transport=self._transport,
                    timeout=_TIMEOUT_S,
                    follow_redirects=False,
                    trust_env=False,
                ) as client:
                    return await self._follow(client, url, max_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise FetchError("unreachable", "The host does not answer.", lasting=False) from error

    async def _follow(self, client: httpx.AsyncClient, url: str, max_bytes: int) -> Fetched:
        for _ in range(_REDIRECTS_MAX + 1):
            parts = checked_url(url)
            address = await public_address(parts)
            host = parts.hostname or ""
            pinned = httpx.URL(url).copy_with(host=address)
            request = client.build_request(
                "GET",
                pinned,
                headers={
                    "host": parts.netloc,
                    "accept": "image/*,*/*;q=0.5",
                    "accept-encoding": "identity",
                    "user-agent": "karavan",
                },
                extensions={"sni_hostname": host},
            )
            response = await client.send(request, stream=True)
            try:
                if response.status_code in _MOVED and "location" in response.headers:
                    url = urljoin(url, response.headers["location"])
                    continue
                return await self._read(response, url, max_bytes)
            finally:
                await response.aclose()
        raise FetchError("redirects", "The address leads on and on.")

    async def _read(self, response: httpx.Response, url: str, max_bytes: int) -> Fetched:
        status = response.status_code
        if status >= 400 or status in _MOVED:
            raise FetchError(
                "status",
                f"The host answers {status}.",
                lasting=status < 500 and status not in _BUSY,
            )
        content = bytearray()
        # Raw, as it travels: what is packed cannot unpack here to more than was counted.
        async for piece in response.aiter_raw():
            content += piece
            if len(content) > max_bytes:
                raise FetchError("too_large", f"More than {max_bytes // 1024**2} MB.")
        return Fetched(url, bytes(content), response.headers.get("content-type", ""))
