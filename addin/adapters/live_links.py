"""Ask live addresses whether they still answer, politely: one request each, a time-out, no body kept."""

import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

SECONDS = 10
AGENT = "Antiseche (verification de liens)"


def dead_link(url: str, *, seconds: float = SECONDS) -> str:
    """Say in French why `url` (http or https) does not answer, or give an empty text. HEAD first, GET for those who refuse it."""
    fault = ""
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT})  # noqa: S310  # the caller checked the scheme
            with urllib.request.urlopen(request, timeout=seconds):  # noqa: S310
                return ""
        except urllib.error.HTTPError as error:
            fault = f"répond {error.code}"
            if error.code not in (403, 404, 405, 501):
                break
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            return f"ne répond pas ({reason})"
    return fault


def dead_links(urls: Sequence[str], *, seconds: float = SECONDS) -> dict[str, str]:
    """Ask all the addresses, four at a time; give those that do not answer, with the reason."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        faults = pool.map(lambda url: dead_link(url, seconds=seconds), urls)
    return {url: fault for url, fault in zip(urls, faults, strict=True) if fault}
