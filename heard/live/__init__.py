"""Live notices: names pushed to open pages, which then pull what they show."""
