#!/bin/sh
# Prints the newest usable Python (3.11 or later, able to make virtual environments), or says what is missing.
# Candidates are run, not just looked up: version managers leave commands that only print an error.
set -u
partial=""
for candidate in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
    path=$(command -v "$candidate" 2>/dev/null) || continue
    "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$path" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
    partial=$path
done
if [ -n "$partial" ]; then
    echo "Karavan needs Python's venv and ensurepip modules, and $partial lacks them." >&2
    echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
else
    echo "Karavan needs Python 3.11 or later, and no such python3 was found in PATH." >&2
    echo "Install one, or name it: make run PYTHON=/path/to/python3" >&2
fi
exit 1
