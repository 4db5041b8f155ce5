"""Saved replies, macros and rules: what a team writes and does often, said once."""
