#!/usr/bin/env bash
# pg reads a database's name in an address by decodeURI, which leaves %2F, %3F and %23 as they are.
#
# Version:  pg 8.23.1 (pg-connection-string as it brings it) on Node 20.20.2
# Guess:    postgresql://h/a%2Fb is the database "a/b", as libpq has it (its documentation: percent-encoding
#           may be used in any part of an address) and as pg itself decodes user and password.
# Seen:     user and password are decoded whole; the name keeps %2F, %3F and %23, and %20 is decoded.
# So:       a database whose name has a slash, a question mark or a number sign cannot be reached by address.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pg@8.23.1 >/dev/null
cat >look.mjs <<'JS'
import pg from "pg";

const { user, password, database } = new pg.Client("postgresql://a%2Fb:c%23d@localhost/x%20y%2Fz%3F%23");
console.log(`user ${user}; password ${password}; database ${database}`);
JS
said=$(node look.mjs)
echo "$said"
[ "$said" = "user a/b; password c#d; database x y%2Fz%3F%23" ]
