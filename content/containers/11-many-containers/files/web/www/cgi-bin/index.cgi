#!/bin/sh
# Counts the visit in Redis, and says which container has answered. With ?peek it only looks: the lesson's checks do that.
by=1
[ "$QUERY_STRING" = peek ] && by=0
visits=$(printf 'INCRBY visits %s\r\nQUIT\r\n' "$by" | nc -w 5 store 6379 | sed -n 's/^:\([0-9]*\).*/\1/p')
if [ -z "$visits" ]; then
  printf 'Status: 503 Service Unavailable\r\n\r\nNo answer from the host "store".\n'
  exit
fi
printf 'Content-Type: text/plain\r\n\r\n%s visits, counted by %s.\n' "$visits" "$(hostname)"
