#!/usr/bin/env bash
# Asks Touchstone about a picture or a video over its private socket, and prints the check with its record.
#
#   export TOUCHSTONE_TOKEN="$(npm run -s touchstone tokens create -- --name example --scope read check)"
#   export TOUCHSTONE_SOCKET="$(jq -r .socket ~/.local/share/touchstone/control.json)"
#   docs/examples/check.sh photo.jpg
set -euo pipefail

file=${1:?a picture or a video}
socket=${TOUCHSTONE_SOCKET:?the socket that control.json names}

# The token comes in by standard input: arguments can be read by everybody on the computer.
ask() {
  curl --silent --show-error --fail-with-body --unix-socket "$socket" --write-out '\n' --header @- "$@" \
    <<<"Authorization: Bearer ${TOUCHSTONE_TOKEN:?a token with the scopes read and check}"
}

# Under a key the same request may be sent again after a broken connection: it is done once.
key=$(sha256sum "$file" | cut -d ' ' -f 1)
answer=$(ask --data-binary "@$file" --header 'Content-Type: application/octet-stream' --header "Idempotency-Key: $key" \
  'http://localhost/v1/checks?wait=30') || {
  # A problem of RFC 9457, with its code and what to do next.
  echo "$answer"
  exit 1
}
echo "$answer"

# What takes longer than it was waited for is accepted, and ends at its address.
url=$(grep -o '"url":"/v1/checks/[^"]*"' <<<"$answer" | head -n 1 | cut -d '"' -f 4)
ask "http://localhost$url"

# The likeliest to be made by a machine first.
ask 'http://localhost/v1/records?sort=-probability&limit=5&fields=verdict'
