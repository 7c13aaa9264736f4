from __future__ import annotations

import pytest

from spbe_attendance.client_address import network, seen_by_proxies


@pytest.mark.parametrize(
    ("forwarded", "count", "address"),
    [
        ("203.0.113.5", 1, "203.0.113.5"),
        ("1.2.3.4, 203.0.113.5", 1, "203.0.113.5"),
        ("1.2.3.4, 203.0.113.5, 10.0.0.1", 2, "203.0.113.5"),
        ("", 1, "127.0.0.1"),
        ("203.0.113.5", 2, "127.0.0.1"),
        ("203.0.113.5", 0, "127.0.0.1"),
        ("2001:DB8::1", 1, "2001:db8::1"),
        ("' or 1=1 --", 1, ""),
    ],
)
def test_the_proxies_word_counts_and_the_clients_does_not(forwarded, count, address):
    assert seen_by_proxies(forwarded, "127.0.0.1", count) == address


def test_a_subscriber_has_a_whole_network_of_the_new_protocol():
    assert network("2001:db8:0:7:1::1") == network("2001:db8:0:7:ffff::2")
    assert network("2001:db8:0:8::1") != network("2001:db8:0:7::1")
    assert (network("203.0.113.5"), network("")) == ("203.0.113.5", "")
