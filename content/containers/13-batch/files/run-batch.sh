#!/bin/sh
# run-batch.sh WORKERS COUNT JOB…
# Fills the queue, starts the workers, waits until all have ended, and says how long that took.
workers=$1
shift
docker run --rm -v queue:/queue worker:2 sh fill.sh "$@" || exit
start=$(date +%s)
names=
for n in $(seq "$workers"); do
  docker run -d --name "batch-$n" -h "batch-$n" -v queue:/queue worker:2 > /dev/null || exit
  names="$names batch-$n"
done
docker wait $names > /dev/null
echo "$workers workers, $*: $(($(date +%s) - start)) seconds" | tee -a times.txt
docker rm $names > /dev/null
