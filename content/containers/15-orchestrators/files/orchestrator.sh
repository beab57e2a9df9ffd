#!/bin/bash
# Keeps as many containers of the app running as the file "desired" says.
while sleep 2; do
  desired=$(cat desired)
  actual=$(docker ps --all --quiet --filter label=app=web | wc -l)
  if [ "$actual" -lt "$desired" ]; then
    echo "$actual of $desired: starting one"
    docker run --detach --label app=web busybox sleep 100000 >/dev/null
  elif [ "$actual" -gt "$desired" ]; then
    echo "$actual of $desired: removing one"
    docker rm --force "$(docker ps --quiet --filter label=app=web | head -n 1)" >/dev/null
  fi
done
