"""Pure adapters: a provider's bytes in, frozen values out. No Django, no database."""
