"""`python -m matching`."""

from matching.cli.main import main

main()
