"""How often somebody may try a password: a growing delay per account, a fixed number a minute per address."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from studio.accounts import repository
from studio.accounts.models import SignInThrottle
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import LimitReached

FREE_TRIES = 5
LONGEST_DELAY_S = 300
TRIES_A_MINUTE = 20

_ACCOUNT_WINDOW = timedelta(days=1)
_ADDRESS_WINDOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Charge:
    """A try counted as failed before it is known to be right, so that tries at the same moment count too."""

    account_key: str
    address_key: str | None


def delay_s(failures: int) -> int:
    """Seconds to wait after so many failures: none before the fifth, then 2, 4, 8 ... up to 300."""
    return min(LONGEST_DELAY_S, 2 ** min(failures - FREE_TRIES + 1, 9)) if failures >= FREE_TRIES else 0


def charge(uow: UnitOfWork, email: str, address: str) -> Charge:
    """Count a try before the password is looked at.

    An address the person has been signed in from has a count of its own; all others share one, so that strangers
    who guess cannot lock a person out of a device they know.

    Raises:
        LimitReached: too many tries (code "too_many_tries"); nothing is counted then.
    """
    now = clock.now()
    known = bool(address) and repository.address_known(uow, email, address)
    made = Charge(_key("account", email, address if known else ""), _key("address", address) if address else None)
    account = _current(repository.throttle_for_update(uow, made.account_key, now), _ACCOUNT_WINDOW, now)
    counts = [account]
    if made.address_key:
        by_address = _current(repository.throttle_for_update(uow, made.address_key, now), _ADDRESS_WINDOW, now)
        counts.append(by_address)
        if by_address.failures >= TRIES_A_MINUTE:
            by_address.blocked_until = by_address.counted_from + _ADDRESS_WINDOW
    _refuse_blocked(max(c.blocked_until for c in counts), now)
    for count in counts:
        count.failures += 1
    account.blocked_until = now + timedelta(seconds=delay_s(account.failures))
    uow.session.flush()
    repository.forget_throttles(uow, now - _ACCOUNT_WINDOW)
    return made


def refund(uow: UnitOfWork, made: Charge) -> None:
    """The password was right: the account's count begins again, the address gets its try back."""
    now = clock.now()
    account = repository.throttle_for_update(uow, made.account_key, now)
    account.failures, account.blocked_until = 0, now
    if made.address_key:
        by_address = repository.throttle_for_update(uow, made.address_key, now)
        by_address.failures = max(0, by_address.failures - 1)
    uow.session.flush()


def _current(count: SignInThrottle, window: timedelta, now: datetime) -> SignInThrottle:
    """The count, begun anew when its window is over."""
    if count.counted_from + window <= now:
        count.failures, count.counted_from, count.blocked_until = 0, now, now
    return count


def _refuse_blocked(until: datetime, now: datetime) -> None:
    seconds = math.ceil((until - now).total_seconds())
    if seconds > 0:
        wait = "1 second" if seconds == 1 else f"{seconds} seconds"
        raise LimitReached(
            f"Too many tries. Wait {wait}, then try again.", code="too_many_tries", retry_after_s=seconds
        )


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
