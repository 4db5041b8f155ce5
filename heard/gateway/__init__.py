"""The Django side of the border: doors, envelopes, deliveries."""
