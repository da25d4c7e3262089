"""What Slack checks in a payload before it takes it."""
