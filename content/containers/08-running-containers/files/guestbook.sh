#!/bin/sh
# The container's main process: looks at its settings, then becomes the web server.
if [ -z "$GREETING" ]; then
  echo "guestbook: GREETING is not set" >&2
  exit 1
fi
mkdir -p /data
echo "guestbook: ready"
exec httpd -f -p 80 -h /www
