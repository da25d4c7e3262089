"""The desk's times in a chaos run: those of service, ten times as fast."""

from bot.delivery.ledger import LEASE_SECONDS as LEASE_IN_SERVICE
from bot.delivery.ledger import SETTLE_SECONDS as SETTLE_IN_SERVICE
from bot.delivery.wire import HTTP_SECONDS as HTTP_IN_SERVICE
from bot.delivery.wire import LANDING_SECONDS as LANDING_IN_SERVICE

FASTER = 10
LEASE_SECONDS = LEASE_IN_SERVICE / FASTER
HTTP_SECONDS = HTTP_IN_SERVICE / FASTER
SETTLE_SECONDS = SETTLE_IN_SERVICE / FASTER
LANDING_SECONDS = LANDING_IN_SERVICE / FASTER
# After the desk has given up on the answer, and within what it allows for; the rest is for a busy machine.
LONGEST_ACCEPTED_LATE = 0.8 * LANDING_SECONDS
QUIET_SECONDS = LEASE_SECONDS + SETTLE_SECONDS + HTTP_SECONDS + 2.0
