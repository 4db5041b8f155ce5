"""heard token"""

from __future__ import annotations

import argparse
import sys

from heard.accounts import verbs
from heard.accounts.models import User
from heard.commands.asking import asking


@asking
def token(asked: argparse.Namespace) -> int:
    """Print an API token for a person; it is shown this once and kept only as a digest."""
    user = User.objects.filter(email=asked.user.strip().lower(), is_active=True).first()
    if user is None:
        print(f"Nobody who works here has the address {asked.user}.", file=sys.stderr)
        return 1
    _kept, text = verbs.issue_token(user, asked.name, asked.scope, asked.days)
    print(text)
    return 0
