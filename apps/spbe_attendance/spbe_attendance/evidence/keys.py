"""Device keys: ECDSA on P-256 with SHA-256, as Web Crypto makes and signs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from .canonical import digest, from_base64url, to_base64url
from .errors import BadSignature, MalformedEvidence

COORDINATE = 32


@dataclass(frozen=True)
class PublicKey:
    """A point of the curve, base64url coordinates of 32 bytes each."""

    x: str
    y: str

    @classmethod
    def parse(cls, value: object) -> PublicKey:
        """From a public JWK (RFC 7517). A private one is refused: it was never to leave the phone. Raises MalformedEvidence."""
        if not isinstance(value, Mapping):
            raise MalformedEvidence("not_object", field="kunci")
        if value.get("kty") != "EC" or value.get("crv") != "P-256" or "d" in value:
            raise MalformedEvidence("bad_form", field="kunci")
        x, y = value.get("x"), value.get("y")
        if not isinstance(x, str) or not isinstance(y, str):
            raise MalformedEvidence("not_text", field="kunci")
        key = cls(x, y)
        key.numbers()
        return key

    def numbers(self) -> ec.EllipticCurvePublicKey:
        """The key to verify with. Raises MalformedEvidence when the point is not on the curve."""
        coordinates = [from_base64url(part, "kunci") for part in (self.x, self.y)]
        if any(len(part) != COORDINATE for part in coordinates):
            raise MalformedEvidence("bad_form", field="kunci")
        x, y = (int.from_bytes(part, "big") for part in coordinates)
        try:
            return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        except ValueError as error:
            raise MalformedEvidence("bad_form", field="kunci") from error

    def jwk(self) -> dict[str, str]:
        return {"crv": "P-256", "kty": "EC", "x": self.x, "y": self.y}

    def thumbprint(self) -> str:
        """RFC 7638, base64url of SHA-256."""
        return to_base64url(bytes.fromhex(digest(self.jwk())))

    def verify(self, signature: bytes, data: bytes) -> None:
        """``signature`` is r and s, 32 bytes each (IEEE P1363, what Web Crypto gives). Raises BadSignature."""
        if len(signature) != 2 * COORDINATE:
            raise BadSignature("bad_length")
        r, s = (int.from_bytes(part, "big") for part in (signature[:COORDINATE], signature[COORDINATE:]))
        try:
            self.numbers().verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))
        except InvalidSignature as error:
            raise BadSignature("not_signed_by_key") from error
