"""A demo company with a month of history."""
