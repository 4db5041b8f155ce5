"""The people who work here: users, teams, roles, sign-in, API tokens."""
