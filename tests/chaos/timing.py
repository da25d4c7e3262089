"""The desk's times in a chaos run: the proportions of service, many times as fast."""

LEASE_SECONDS = 6.0
HTTP_SECONDS = 1.0
SETTLE_SECONDS = 2.5
LONGEST_ACCEPTED_LATE = 2.0
QUIET_SECONDS = LEASE_SECONDS + SETTLE_SECONDS + HTTP_SECONDS + 2.0
