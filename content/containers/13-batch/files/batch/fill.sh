#!/bin/sh
# fill.sh COUNT JOB…   empties the queue and puts COUNT such jobs into it
count=$1
shift
cd /queue || exit
rm -rf todo taken done log
mkdir todo taken done
for n in $(seq -w "$count"); do echo "$*" > "todo/$n"; done
echo "$count jobs: $*"
