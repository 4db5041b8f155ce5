"""Customers: contacts, their companies and identities."""
