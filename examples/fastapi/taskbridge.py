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
from dataclasses import dataclass

import jwt
from fastapi import Depends, HTTPException, Request

from keys import KeysUnavailable, read_keys

AUDIENCE = "taskbridge-api"
LIFETIME_SECONDS = 15 * 60
CLOCK_TOLERANCE_SECONDS = 5
MAX_TOKEN_BYTES = 4096
REALM = 'Bearer realm="taskbridge"'


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
    return token.strip(" ")


def verify(token: str) -> User:
    """What the bridge checks, with PyJWT doing the cryptography."""
    if len(token) > MAX_TOKEN_BYTES:
        raise unauthorized("The token is too long.")
    try:
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        # Before the key is looked up, which may cost a fetch.
        if header.get("alg") != KEYS.algorithm or header.get("typ") != "at+jwt" or "crit" in header:
            raise unauthorized("The token is not an access token for this service.")
        key = KEYS.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise unauthorized("The token names no key that is accepted here.")
        claims = jwt.decode(
            token,
            key,
            algorithms=[KEYS.algorithm],
            issuer=ISSUER,
            audience=AUDIENCE,
            # PyJWT would allow its leeway on `exp` too; `iat` is looked at below.
            options={"require": ["exp", "iat", "iss", "aud", "sub"], "verify_iat": False},
        )
    except KeysUnavailable:
        raise HTTPException(503, "Tokens cannot be verified at the moment.", {"Retry-After": "1"}) from None
    except jwt.ExpiredSignatureError:
        raise unauthorized("The token has expired.") from None
    except jwt.PyJWTError:
        raise unauthorized("The token is not valid.") from None

    texts = [claims.get(name) for name in ("sub", "user_id", "sid", "jti", "aud")]
    if not all(isinstance(text, str) and text for text in texts):
        raise unauthorized("The claims of the token are not valid.")
    if claims["sub"] != claims["user_id"] or len(claims["sub"]) > 64:
        raise unauthorized("The claims of the token are not valid.")
    issued, expires = claims["iat"], claims["exp"]
    if not (type(issued) is int and type(expires) is int and 0 < expires - issued <= LIFETIME_SECONDS):
        raise unauthorized("The claims of the token are not valid.")
    if issued > time.time() + CLOCK_TOLERANCE_SECONDS:
        raise unauthorized("The token is not valid yet.")
    return User(id=claims["sub"], session_id=claims["sid"])


def current_user(request: Request) -> User:
    """Whoever the access token names; 401 without a valid one."""
    return verify(bearer(request))


def path_user(user_id: str, user: User = Depends(current_user)) -> User:
    """The same, and 403 unless the path's `{user_id}` is the token's user."""
    if user_id != user.id:
        raise HTTPException(403, "The path's user is not the token's user.")
    return user
