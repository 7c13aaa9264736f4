"""What the framework reads of an account in its first request, read at night: the document of a user, its roles, language and
permissions are ten statements, and after a restart of Redis ten thousand people would each wait for theirs between seven and half past.
"""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.translate import get_user_lang

# Of the cache's memory: what people use by day must not be driven out by what they might use tomorrow.
ROOM = 0.7
# Accounts after which this process forgets what it has read itself.
PORTION = 200


def start() -> None:
    """Hooked to the scheduler, each night. In the long queue: it may read every account."""
    frappe.enqueue(read, queue="long", timeout=3600, job_id="akun-dibaca", deduplicate=True)


def read() -> int:
    """How many accounts are in Redis now."""
    done = 0
    for user in accounts():
        if done % PORTION == 0:
            frappe.local.cache.clear()
            if full():
                break
        frappe.get_cached_doc("User", user)
        frappe.get_roles(user)
        get_user_lang(user)
        get_user_permissions(user)
        done += 1
    return done


def accounts() -> Iterator[str]:
    """Of staff in service whose phone is logged in."""
    person, account, session = (frappe.qb.DocType(name) for name in ("Pegawai", "User", "Sessions"))
    query = (
        frappe.qb.from_(person)
        .join(account)
        .on(account.name == person.user)
        .join(session)
        .on(session.user == account.name)
        .select(account.name)
        .distinct()
        .where((person.status == "Aktif") & (account.enabled == 1))
        .orderby(account.name)
    )
    yield from (name for (name,) in query.run())


def full() -> bool:
    """Without a limit it never is."""
    memory = frappe.cache.info("memory")
    return bool(memory["maxmemory"]) and memory["used_memory"] > ROOM * memory["maxmemory"]
