#!/bin/sh
# Restarts the fake Ollama, as systemctl restarts the real one. With the argument "first" it only
# starts it, and nothing is counted. @NAMES@ are filled in by the test.
set -eu
cd "@FOLDER@"

if [ -e pid ]; then
  kill -KILL "$(cat pid)" 2>/dev/null || true
fi

if [ -e broken ]; then
  echo "$(date +%s%3N) none" >>restarts.log
  exit 0
fi

# The lock is held by the server itself, so the new one waits until the old one has let go of the
# port. A session of its own keeps it alive when this script and its parent end.
"@SETSID@" "@FLOCK@" --no-fork lock \
  "@JAVA@" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp "@CLASSES@" @MAIN@ @PORT@ \
  healthy.prom "@TEXTFILE@" \
  </dev/null >>server.log 2>&1 &
echo $! >pid

if [ "${1:-}" != first ]; then
  echo "$(date +%s%3N) $!" >>restarts.log
fi
