"""A small OpenID provider on this machine: real codes, PKCE, signed tokens and sign-out; accounts instead of passwords."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "rapt-tests"
CLIENT_SECRET = "only-on-this-machine"


class Provider:
    """A running provider; ``accounts`` maps a login to its claims, ``spoil`` makes its tokens wrong on purpose."""

    def __init__(self, accounts: dict[str, dict[str, Any]]) -> None:
        self.accounts = accounts
        self.spoil = ""
        self.lifetime_s = 3600
        self.signed_out: list[dict[str, str]] = []
        self.exchanged: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
        self.other_key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def metadata_url(self) -> str:
        """Address of the provider's description."""
        return f"{self.issuer}/.well-known/openid-configuration"

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def metadata(self) -> dict[str, Any]:
        """Return the provider's description."""
        ends = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            **{f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def choose(self, query: dict[str, str]) -> str:
        """Return the page on which a person says which account is theirs."""
        asked = secrets.token_urlsafe(12)
        self.codes[asked] = query
        links = [f'<p><a href="/as?{urlencode({"code": asked, "login": one})}">{one}</a></p>' for one in self.accounts]
        return f"<!doctype html><title>Provider</title><h1>Choose an account</h1>{''.join(links)}"

    def token(self, form: dict[str, str], basic: str) -> dict[str, Any] | None:
        """Return the tokens for a code, once, or None when anything about the call is wrong."""
        asked = self.codes.pop(form.get("code", ""), None)
        wanted = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or basic != wanted or asked["code_challenge"] != challenge:
            return None
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return None
        self.exchanged.append(asked)
        now = int(time.time())
        claims = {
            "iss": "http://127.0.0.1:1" if self.spoil == "issuer" else self.issuer,
            "aud": "somebody-else" if self.spoil == "audience" else CLIENT_ID,
            "nonce": "replayed" if self.spoil == "nonce" else asked["nonce"],
            "sub": f"sub-{asked['login']}",
            "iat": now,
            "exp": now + self.lifetime_s,
            **self.accounts[asked["login"]],
        }
        key = self.other_key if self.spoil == "signature" else self.key
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(provider.metadata())
            elif parts.path == "/jwks":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            elif parts.path == "/authorize" and query.get("client_id") == CLIENT_ID:
                self._send(200, "text/html", provider.choose(query))
            elif parts.path == "/as" and query.get("code") in provider.codes:
                asked = provider.codes[query["code"]]
                asked["login"] = query["login"]
                back = urlencode({"code": query["code"], "state": asked["state"]})
                self._redirect(f"{asked['redirect_uri']}?{back}")
            elif parts.path == "/logout":
                provider.signed_out.append(query)
                self._redirect(query["post_logout_redirect_uri"])
            else:
                self._send(400, "text/plain", "no")

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            form = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
            made = provider.token(form, self.headers.get("authorization", "").removeprefix("Basic "))
            self._json(made) if made else self._send(400, "application/json", '{"error": "invalid_grant"}')

        def _json(self, value: Any) -> None:
            self._send(200, "application/json", json.dumps(value))

        def _redirect(self, target: str) -> None:
            self.send_response(302)
            self.send_header("location", target)
            self.send_header("content-length", "0")
            self.end_headers()

        def _send(self, status: int, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    return Handler
