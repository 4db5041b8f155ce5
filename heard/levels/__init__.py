"""Service levels: how soon a customer is answered, and how soon their matter is resolved."""
