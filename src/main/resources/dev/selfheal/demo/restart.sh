#!/bin/sh
# Restarts the fake Ollama of this folder as systemd would a unit: SIGTERM, SIGCONT, SIGKILL to what is left, start.
# With the argument "stop" it only ends it.
PATH=${PATH:+$PATH:}/usr/bin:/bin
folder='@FOLDER@'
pid=$(cat "$folder/serve.pid" 2>/dev/null)

ours() { # whether a process is one of this folder, and not a zombie
  { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null | grep -qF -e "$folder/bin/" -e "$folder/seed.sh"
}

if [ -n "$pid" ] && ours "$pid"; then
  kill -TERM "$pid"
  kill -CONT "$pid"
  tries=0
  while ours "$pid" && [ $tries -lt 60 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
fi
for process in /proc/[0-9]*; do
  other=${process#/proc/}
  if ! ours "$other"; then continue; fi
  kill -KILL "$other" 2>/dev/null
  tries=0
  while ours "$other" && [ $tries -lt 60 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
done
rm -f "$folder/control" "$folder/serve.pid" "$folder/seed.pid"
if [ "$1" = stop ]; then exit 0; fi

if [ -e "$folder/unreaped" ]; then
  rm -f "$folder/seed"
  mkfifo -m 600 "$folder/seed"
  @SETSID@ sh -c 'sh "$0/seed.sh" & echo $! >"$0/seed.pid"; exec "$@"' "$folder" @SERVE@ \
    </dev/null >>"$folder/log" 2>&1 &
else
  @SETSID@ @SERVE@ </dev/null >>"$folder/log" 2>&1 &
fi
echo $! >"$folder/serve.pid"
