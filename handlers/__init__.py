"""One module per intent: reading -> Answer. No Slack, no input or output."""
