#!/bin/sh
# Refuses an openapi.json or TypeScript client that no longer fits the routes. `make client` renews both.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

stale() {
    echo "$1 is out of date: run make client and commit the result." >&2
    diff "$1" "$2" | head -20 >&2 || true
    exit 1
}

.venv/bin/karavan openapi >"$work/openapi.json"
cmp -s openapi.json "$work/openapi.json" || stale openapi.json "$work/openapi.json"

types=src/shared/api/schema.d.ts
cd web
node_modules/.bin/openapi-typescript "$work/openapi.json" --default-non-nullable=false -o "$work/schema.d.ts" >/dev/null
node_modules/.bin/prettier --stdin-filepath "$types" <"$work/schema.d.ts" >"$work/formatted.d.ts"
cmp -s "$types" "$work/formatted.d.ts" || stale "$types" "$work/formatted.d.ts"
