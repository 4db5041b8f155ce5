"""What the engine heard, kept: signs, asks, commitments."""
