"""Conversations and messages: what is said, who has it, what is owed."""
