"""Taskbridge's access tokens in FastAPI: `Depends(current_user)` and `Depends(path_user)`.

Needs FastAPI and PyJWT. Settings, from the environment: `BETTER_AUTH_URL`, the origin of the app that
issues the tokens, and one of

- `BRIDGE_KEY`: the derived key alone, base64url, as `npm run bridge:key` prints it. A service that
  holds it can verify access tokens but cannot forge login sessions.
- `BETTER_AUTH_SECRET`: the shared secret, from which the key is derived here; with
  `BETTER_AUTH_SECRETS_PREVIOUS` where it is being rotated.
- `BRIDGE_JWKS_URL`: the address of the public keys, `.../api/auth/jwks`, where the app signs with
  `BRIDGE_ALG=EdDSA`. Needs the package cryptography, and holds no secret at all.
"""

import os
import time
import unicodedata
from dataclasses import dataclass

import jwt
from fastapi import Depends, HTTPException, Request

from keys import KeysUnavailable, read_keys
from strict import read_token

AUDIENCE = "taskbridge-api"
LIFETIME_SECONDS = 15 * 60
CLOCK_TOLERANCE_SECONDS = 30
MAX_TOKEN_BYTES = 4096
REALM = 'Bearer realm="taskbridge"'
# What would change how the token is read, or bring or name a key.
REFUSED_PARAMETERS = {"crit", "b64", "zip", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"}


@dataclass(frozen=True)
class User:
    id: str
    session_id: str


KEYS = read_keys()
ISSUER = os.environ["BETTER_AUTH_URL"]


def unauthorized(reason: str | None = None) -> HTTPException:
    """RFC 6750, section 3: no error code where no token was sent at all."""
    challenge = f'{REALM}, error="invalid_token", error_description="{reason}"' if reason else REALM
    return HTTPException(401, reason or "No access token was sent.", {"WWW-Authenticate": challenge})


def bearer(request: Request) -> str:
    headers = request.headers.getlist("authorization")
    if len(headers) > 1:
        challenge = f'{REALM}, error="invalid_request"'
        raise HTTPException(400, "Two credentials were sent.", {"WWW-Authenticate": challenge})
    scheme, _, token = (headers[0] if headers else "").partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized()
    return token.strip(" \t")


def verify(token: str) -> User:
    """What the bridge checks, in its order, with PyJWT doing the cryptography."""
    if len(token) > MAX_TOKEN_BYTES:
        raise unauthorized("The token is too long.")
    try:
        header, claims = read_token(token)
    except (ValueError, RecursionError):
        raise unauthorized("The token is malformed.") from None
    kid = header.get("kid")
    # Before the key is looked up, which may cost a fetch.
    if header.get("alg") != KEYS.algorithm or header.get("typ") != "at+jwt" or REFUSED_PARAMETERS & header.keys():
        raise unauthorized("The token is not an access token for this service.")
    verify_signature(token, kid if isinstance(kid, str) else "")

    if claims.get("iss") != ISSUER or claims.get("aud") != AUDIENCE:
        raise unauthorized("The token comes from elsewhere, or is meant for others.")
    user_id, session_id = claims.get("sub"), claims.get("sid")
    texts = is_text(user_id, 64) and is_text(session_id, 128) and is_text(claims.get("jti"), 128)
    issued, expires = seconds(claims.get("iat")), seconds(claims.get("exp"))
    not_before = seconds(claims.get("nbf", issued))
    if not texts or claims.get("user_id") != user_id or None in (issued, expires, not_before):
        raise unauthorized("The claims of the token are not valid.")
    if not 0 < expires - issued <= LIFETIME_SECONDS:
        raise unauthorized("The claims of the token are not valid.")
    now = int(time.time())
    if expires <= now:
        raise unauthorized("The token has expired.")
    if max(issued, not_before) > now + CLOCK_TOLERANCE_SECONDS:
        raise unauthorized("The token is not valid yet.")
    return User(id=user_id, session_id=session_id)


def verify_signature(token: str, kid: str) -> None:
    try:
        key = KEYS.find(kid)
    except KeysUnavailable:
        raise HTTPException(503, "Tokens cannot be verified at the moment.", {"Retry-After": "1"}) from None
    if key is None:
        raise unauthorized("The token names no key that is accepted here.")
    try:
        jwt.api_jws.decode(token, key, algorithms=[KEYS.algorithm])
    except jwt.PyJWTError:
        raise unauthorized("The signature of the token is not valid.") from None


def is_text(value: object, longest: int) -> bool:
    """A string without control characters and lone surrogates, which no database takes."""
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        return False
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)


def seconds(value: object) -> int | None:
    """Whole seconds since 1970."""
    whole = type(value) is int or (type(value) is float and value.is_integer())
    return int(value) if whole and 0 <= value < 2**53 else None


def current_user(request: Request) -> User:
    """Whoever the access token names; 401 without a valid one."""
    return verify(bearer(request))


def path_user(user_id: str, user: User = Depends(current_user)) -> User:
    """The same, and 403 unless the path's `{user_id}` is the token's user."""
    if user_id != user.id:
        raise HTTPException(403, "The path's user is not the token's user.")
    return user
