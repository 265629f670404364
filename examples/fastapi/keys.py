"""The keys that verify access tokens, by their `kid`: derived from a secret, or public and fetched."""

import base64
import hashlib
import hmac
import json
import os
import threading
import time
import urllib.request
from typing import Any, Protocol

import jwt

MAX_AGE_SECONDS = 300
STALE_SECONDS = 900
COOLDOWN_SECONDS = 1


class Keys(Protocol):
    algorithm: str

    def find(self, kid: str) -> Any | None:
        """The key of this name; None where there is none. Raises KeysUnavailable if that is unknown."""


class KeysUnavailable(Exception):
    """The public keys are out of reach."""


def derive_key(secret: str) -> bytes:
    """HKDF-SHA256 (RFC 5869): empty salt, info `taskbridge/access-token/v1`, 32 bytes."""
    if len(secret.encode()) < 32:
        raise RuntimeError("BETTER_AUTH_SECRET must have at least 32 bytes.")
    extracted = hmac.new(bytes(32), secret.encode(), hashlib.sha256).digest()
    return hmac.new(extracted, b"taskbridge/access-token/v1\x01", hashlib.sha256).digest()


def decode_key(text: str) -> bytes:
    key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(key) != 32:
        raise RuntimeError("BRIDGE_KEY must be 32 bytes in base64url; several are separated by commas.")
    return key


class DerivedKeys:
    algorithm = "HS256"

    def __init__(self, keys: list[bytes]):
        self._keys = {base64.urlsafe_b64encode(hashlib.sha256(key).digest()).decode()[:16]: key for key in keys}

    def find(self, kid: str) -> bytes | None:
        return self._keys.get(kid)


class PublicKeys:
    """The Ed25519 keys of a key set, fetched when it is old and, at most once a second, for a `kid` it lacks."""

    algorithm = "EdDSA"

    def __init__(self, url: str):
        self._url = url
        self._lock = threading.Lock()
        self._keys: dict[str, Any] = {}
        self._fetched_at = self._tried_at = float("-inf")

    def find(self, kid: str) -> Any | None:
        asked_at = time.monotonic()
        age = asked_at - self._fetched_at
        if kid in self._keys and age < MAX_AGE_SECONDS:
            return self._keys[kid]
        # One request fetches; the others need not wait for it while the key still counts.
        waits = kid not in self._keys or age >= STALE_SECONDS
        if self._lock.acquire(blocking=waits):
            try:
                if self._fetched_at < asked_at:
                    self._refresh(kid)
            finally:
                self._lock.release()
        return self._keys.get(kid)

    def _refresh(self, kid: str) -> None:
        now = time.monotonic()
        known = kid in self._keys and now - self._fetched_at < STALE_SECONDS
        try:
            # Invented names must not make this service a burden to the other one.
            if now - self._tried_at < COOLDOWN_SECONDS:
                raise KeysUnavailable()
            self._tried_at = now
            self._keys = fetch_keys(self._url)
            self._fetched_at = now
        except KeysUnavailable:
            if not known:
                raise


def fetch_keys(url: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            keys = json.load(response)["keys"]
        return {key["kid"]: public_key(key["x"]) for key in keys if usable(key)}
    except (OSError, ValueError, LookupError, TypeError, jwt.PyJWTError) as error:
        raise KeysUnavailable() from error


def usable(key: Any) -> bool:
    """RFC 7517 section 5: keys that are not understood are passed over."""
    expected = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig"}
    return (
        isinstance(key, dict)
        and all(key.get(name, value if name in ("alg", "use") else None) == value for name, value in expected.items())
        and isinstance(key.get("kid"), str)
        and isinstance(key.get("x"), str)
        and len(key["x"]) == 43
    )


def public_key(x: str) -> Any:
    """Only what makes the public key: nothing else in the set has a say in it."""
    return jwt.PyJWK({"kty": "OKP", "crv": "Ed25519", "x": x}, "EdDSA").key


def read_keys() -> Keys:
    """From the settings: the key set's address, the derived keys alone, or the secrets."""
    if url := os.environ.get("BRIDGE_JWKS_URL"):
        return PublicKeys(url)
    if given := os.environ.get("BRIDGE_KEY"):
        return DerivedKeys([decode_key(key.strip()) for key in given.split(",")])
    previous = os.environ.get("BETTER_AUTH_SECRETS_PREVIOUS", "").split(",")
    secrets = [secret.strip() for secret in [os.environ["BETTER_AUTH_SECRET"], *previous]]
    return DerivedKeys([derive_key(secret) for secret in secrets if secret])
