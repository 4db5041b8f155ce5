"""What has to be done before the rooms open: the folder of attachments, the tables, and with the
demo its company.

One process for all, because loading Django takes longer than they have to do on most starts.
"""

import os
import sys

import django

from heard import cli, environment
from heard.ground import home, migrations


def main(words: list[str]) -> int:
    """Make the folder, bring the tables up to date, with the word "demo" fill the company, once.

    Where nobody works yet, print where the first admin begins.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    django.setup()
    # Made here and private: whoever lays the first attachment there would leave it open to all,
    # and where root runs Heard strangers may pass through the home.
    home.files(environment.home())
    migrations.apply()
    if "demo" in words:
        return cli.main(["demo"])
    from heard.accounts import beginning

    if not beginning.is_over():
        print(f"Nobody works here yet. Set up at {beginning.link()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
