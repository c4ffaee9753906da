"""`python -m tjkg`."""

import sys

from tjkg.cli import main

sys.exit(main())
