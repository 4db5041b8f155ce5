"""The log that every verb writes to: timeline, audit, outbox and report source at once."""
