"""The door for programs: JSON over HTTP, calling the same verbs as the pages."""
