"""`python -m karavan` is the command line."""

from karavan.cli import main

main()
