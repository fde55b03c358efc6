#!/bin/sh
# Refuses early, in words, when Node.js is missing or too old for the web app's tools.
set -u
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "Karavan needs Node.js 20.19 or later with npm, and they were not found in PATH." >&2
    exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
    echo "Karavan needs Node.js 20.19 or later; this is $(node --version)." >&2
    exit 1
fi
