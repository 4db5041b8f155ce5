"""The shapes of what the API gives and takes. OpenAPI shows their names and sentences."""
