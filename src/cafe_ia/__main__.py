"""`python -m cafe_ia` is `cafe-ia`."""

import sys

from cafe_ia.cli import main

if __name__ == "__main__":
    sys.exit(main())
