#!/bin/sh
# Does the jobs in /queue until none is left.
cd /queue || exit
for path in todo/*; do
  [ -e "$path" ] || continue
  job=${path#todo/}
  result=$(sh /batch/job.sh $(cat "$path")) || exit
  mv "$path" done/
  echo "$job $HOSTNAME $result" | tee -a log
done
