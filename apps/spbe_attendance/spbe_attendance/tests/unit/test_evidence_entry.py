"""What a signed entry must look like, and what is refused with which word."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.evidence.anchor import Anchor, issue, read
from spbe_attendance.evidence.canonical import digest, encode, from_base64url, to_base64url
from spbe_attendance.evidence.entry import LARGEST, Entry, Signed
from spbe_attendance.evidence.errors import BadAnchor, BadSignature, EvidenceError, MalformedEvidence
from spbe_attendance.evidence.keys import PublicKey
from spbe_attendance.tests.phone import Phone

SECRET = b"kunci situs"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture
def phone() -> Phone:
    made = Phone("PEG-1")
    made.take_anchor(issue(Anchor("n" * 22, "PEG-1", 1_764_028_800_000), SECRET))
    return made


def test_a_phones_entry_is_read_back_and_its_signature_holds(phone: Phone):
    bukti = phone.capture()

    signed = Signed.parse(bukti)
    phone.key.verify(signed.signature, signed.data)

    assert signed.entry.person == "PEG-1"
    assert signed.entry.latitude == pytest.approx(1.0123456)
    assert signed.entry.sha256 == phone.previous == digest(bukti["isi"])


def test_text_and_object_say_the_same(phone: Phone):
    bukti = phone.capture(g="Apel Gabungan – “Senin”")

    assert Signed.parse(json.dumps(bukti)) == Signed.parse(bukti)


def test_keys_are_ordered_and_nothing_is_escaped_needlessly():
    assert encode({"b": -1, "a": "é/\u2028"}) == '{"a":"é/\u2028","b":-1}'.encode()


@pytest.mark.parametrize("value", [1.5, None, True, [], {}, 2**53, -(2**53), "\ud800"])
def test_what_two_languages_would_write_differently_is_not_signed(value: object):
    with pytest.raises(MalformedEvidence):
        encode({"a": value})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("v", 2, "out_of_range"),
        ("v", True, "not_integer"),
        ("lat", 1.5, "not_integer"),
        ("lat", "1", "not_integer"),
        ("lat", 900_000_001, "out_of_range"),
        ("lon", -1_800_000_001, "out_of_range"),
        ("ak", -1, "out_of_range"),
        ("n", 0, "out_of_range"),
        ("wc", 2**53, "out_of_range"),
        ("id", "bukan", "bad_form"),
        ("id", "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE", "bad_form"),
        ("f", "ab", "bad_form"),
        ("h", "ab" * 32, "bad_form"),
        ("p", None, "not_text"),
        ("p", "x" * 141, "too_large"),
        ("e0", -1, "bad_form"),
        ("e1", 10**9, "bad_form"),
    ],
)
def test_a_field_of_wrong_type_size_or_form_is_named(phone: Phone, field: str, value: object, code: str):
    with pytest.raises(MalformedEvidence) as caught:
        Entry.parse(phone.body(**{field: value}))

    assert caught.value.code == code


def test_a_missing_and_an_unknown_field_are_named(phone: Phone):
    body = phone.body()
    body.pop("u")
    with pytest.raises(MalformedEvidence, match="missing"):
        Entry.parse(body)
    with pytest.raises(MalformedEvidence, match="unknown"):
        Entry.parse(phone.body(extra=1))


def test_a_later_entry_must_name_its_predecessor(phone: Phone):
    phone.capture()

    with pytest.raises(MalformedEvidence):
        Entry.parse(phone.body(h=""))


def test_a_repeated_key_is_refused_because_two_readers_might_differ(phone: Phone):
    text = json.dumps(phone.capture()).replace('"v": 1', '"v": 1, "v": 1')

    with pytest.raises(MalformedEvidence):
        Signed.parse(text)


def test_text_beyond_the_limit_is_not_even_read():
    with pytest.raises(MalformedEvidence, match="too_large"):
        Signed.parse("[" * (LARGEST + 1))


@given(json_values)
def test_any_json_is_an_entry_or_a_named_refusal(value: object):
    for given_value in (value, {"isi": value, "k": "k" * 43, "s": "s" * 86}):
        with pytest.raises(EvidenceError):
            Signed.parse(given_value)


@given(st.text())
def test_any_text_is_an_entry_or_a_named_refusal(text: str):
    with pytest.raises(EvidenceError):
        Signed.parse(text)


@given(field=st.sampled_from(["lat", "lon", "ak", "u", "wa", "wc"]), change=st.integers(1, 1000))
def test_any_change_after_signing_breaks_the_signature(field: str, change: int):
    phone = Phone("PEG-1")
    phone.anchor = "x"
    bukti = phone.capture()
    bukti["isi"][field] += change
    signed = Signed.parse(bukti)

    with pytest.raises(BadSignature):
        phone.key.verify(signed.signature, signed.data)


def test_another_phones_signature_does_not_hold(phone: Phone):
    signed = Signed.parse(phone.capture())

    with pytest.raises(BadSignature):
        Phone("PEG-1").key.verify(signed.signature, signed.data)


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"\xff" * 64, b"\1" * 63])
def test_degenerate_signatures_do_not_hold(phone: Phone, signature: bytes):
    with pytest.raises(BadSignature):
        phone.key.verify(signature, b"x")


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"d": "x"},
        {"x": "!"},
        {"x": 1},
        {"y": to_base64url(b"\1" * 32)},
        {"x": ""},
    ],
)
def test_what_is_no_public_key_of_the_curve_is_refused(phone: Phone, change: dict[str, object]):
    with pytest.raises(MalformedEvidence):
        PublicKey.parse({**phone.key.jwk(), **change})


def test_the_thumbprint_is_that_of_rfc_7638():
    # The example of RFC 7517 A.1, hashed by hand: {"crv":"P-256","kty":"EC","x":…,"y":…}.
    key = PublicKey(
        "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
    )

    assert key.thumbprint() == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"


@given(st.binary())
def test_base64url_comes_back_and_has_one_spelling(data: bytes):
    text = to_base64url(data)

    assert from_base64url(text, "x") == data
    for other in (text + "=", text + "\n", text + "!"):
        with pytest.raises(MalformedEvidence):
            from_base64url(other, "x")


def test_an_anchor_is_read_by_its_site_for_its_person_only():
    token = issue(Anchor("n" * 22, "PEG-1", 5), SECRET)

    assert read(token, "PEG-1", SECRET) == Anchor("n" * 22, "PEG-1", 5)
    with pytest.raises(BadAnchor, match="foreign"):
        read(token, "PEG-2", SECRET)
    with pytest.raises(BadAnchor, match="not_ours"):
        read(token, "PEG-1", b"situs lain")


@given(st.integers(0, 120), st.characters(codec="ascii"))
def test_an_altered_anchor_is_none(position: int, letter: str):
    token = issue(Anchor("n" * 22, "PEG-1", 5), SECRET)
    altered = token[:position] + letter + token[position + 1 :]
    if altered == token:
        return

    with pytest.raises(BadAnchor):
        read(altered, "PEG-1", SECRET)
