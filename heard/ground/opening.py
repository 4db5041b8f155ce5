"""What has to be done before the rooms open: the tables, and with the demo its company.

One process for both, because loading Django takes longer than either has to do on most starts.
"""

import os
import sys

import django

from heard import cli
from heard.ground import migrations


def main(words: list[str]) -> int:
    """Bring the tables up to date; with the word "demo" fill the demo company, once.

    Where nobody works yet, print where the first admin begins.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    django.setup()
    migrations.apply()
    if "demo" in words:
        return cli.main(["demo"])
    from heard.accounts import beginning

    if not beginning.is_over():
        print(f"Nobody works here yet. Set up at {beginning.link()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
