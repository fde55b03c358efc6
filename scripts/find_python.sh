#!/bin/sh
# Prints the Python to work with: 3.11 or later, able to make virtual environments; of several the newest, unless an older
# one is clearly quicker. Version managers often compile without the optimisations of a distribution's own Python, and the
# same code then takes half as long again. PYTHON=/path/to/python3 chooses without a race.
# Candidates are run, not just looked up: version managers leave commands that only print an error.
set -u
race='
import os, sys, time
if sys.version_info < (3, 11):
    sys.exit(1)
def run():
    start, kept = time.process_time(), {}
    for number in range(30000):
        name = f"{number % 97}"
        kept[name] = kept.get(name, 0) + len([part for part in (name, number)])
    return time.process_time() - start
try:
    import ensurepip, venv
except ImportError:
    print("partial")
else:
    print(int(min(run() for _ in range(5)) * 1e6), os.path.realpath(sys.executable))
'
chosen="" best_us=0 partial="" seen=":"

# Let one more interpreter, found at the path $1, take part.
consider() {
    answer=$("$1" -I -c "$race" 2>/dev/null) || return 0
    if [ "$answer" = partial ]; then
        partial=$1
        return 0
    fi
    took_us=${answer%% *} python=${answer#* }
    case $seen in *":$python:"*) return 0 ;; esac
    seen="$seen$python:"
    if [ -z "$chosen" ] || [ $((took_us * 10)) -lt $((best_us * 9)) ]; then
        chosen=$python best_us=$took_us
    fi
}

if [ -n "${PYTHON:-}" ] && path=$(command -v "$PYTHON"); then
    consider "$path"
fi
if [ -z "$chosen" ]; then
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        IFS=:
        for directory in $PATH; do
            [ -x "$directory/$name" ] && consider "$directory/$name"
        done
        unset IFS
    done
fi
if [ -n "$chosen" ]; then
    echo "$chosen"
    exit 0
fi
if [ -n "$partial" ]; then
    echo "Karavan needs Python's venv and ensurepip modules, and $partial lacks them." >&2
    echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
else
    echo "Karavan needs Python 3.11 or later, and no such python3 was found in PATH." >&2
    echo "Install one, or name it: make run PYTHON=/path/to/python3" >&2
fi
exit 1
