"""The doors letters come in by."""
