#!/bin/sh
# job.sh primes N   counts the primes up to N
# job.sh wait N     waits N seconds, as for a slow service
# job.sh flaky      fails twice, then works
case $1 in
  primes)
    case $2 in
      '' | *[!0-9]*)
        echo "\"$2\" is not a number" >&2
        exit 2
        ;;
    esac
    awk -v n="$2" 'BEGIN {
      for (i = 2; i <= n; i++) {
        prime = 1
        for (d = 2; d * d <= i; d++) if (i % d == 0) { prime = 0; break }
        count += prime
      }
      print count " primes up to " n
    }'
    ;;
  wait)
    sleep "$2"
    echo "waited for $2 seconds"
    ;;
  flaky)
    echo try >> /tmp/tries
    tries=$(wc -l < /tmp/tries)
    [ "$tries" -gt 2 ] || {
      echo "try $tries: the service does not answer" >&2
      exit 75
    }
    echo "try $tries: done"
    ;;
  *)
    echo "\"$1\" is no job" >&2
    exit 64
    ;;
esac
