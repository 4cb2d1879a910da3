"""`python -m server` is `kg serve`."""

import sys

from kg.cli import main

sys.exit(main(["serve", *sys.argv[1:]]))
