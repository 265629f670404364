"""Takes a JWT apart as strictly as the issuer's own verifier: one spelling, one meaning."""

import json
import re
from base64 import urlsafe_b64decode
from typing import Any

MAX_DEPTH = 16
# Unpadded base64url whose last character has no bits set that no byte needs (RFC 4648 section 3.5).
CANONICAL = re.compile(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?", re.ASCII)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def read_token(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and the claims, unverified. Raises ValueError."""
    parts = token.split(".")
    if len(parts) != 3 or not parts[0] or not parts[1]:
        raise ValueError("not a compact token")
    if not all(CANONICAL.fullmatch(part) for part in parts):
        raise ValueError("not canonical base64url")
    return read_object(parts[0]), read_object(parts[1])


def read_object(part: str) -> dict[str, Any]:
    text = urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8")
    assert_shallow(text)
    value = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 7519 section 4: the names in a claims set must be unique."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def assert_shallow(text: str) -> None:
    depth = 0
    for character in STRING.sub("", text):
        depth += (character in "[{") - (character in "]}")
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
