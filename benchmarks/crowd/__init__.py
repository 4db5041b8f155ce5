"""A crowd of customers made up for `benchmarks/inbox.py`, and what is measured among them."""
