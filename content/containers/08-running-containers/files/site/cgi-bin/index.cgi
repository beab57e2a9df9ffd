#!/bin/sh
# The web server runs this for each visit: it counts, and answers with a line of text.
visits=$(cat /data/visits 2>/dev/null || echo 0)
if [ "$REQUEST_METHOD" = GET ]; then
  visits=$((visits + 1))
  echo "$visits" >/data/visits
  echo "guestbook: visit $visits" >&2
fi
printf 'Content-Type: text/plain\r\n\r\n'
echo "$GREETING! You are visitor number $visits."
