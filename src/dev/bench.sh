#!/bin/sh
# Measures the webhook's throughput and latency side by side with Debian's `webhook`, which parses and matches and stores
# nothing, then time to ready and resident memory. Prints one line a run. The receiver is paused: nothing is restarted.
# Usage: sh src/dev/bench.sh [SECONDS_A_RUN]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-8}
warm_up=${WARM_UP:-8} # seconds of each kind
sh src/dev/packages.sh openjdk-17-jdk-headless curl wrk webhook
[ -f target/selfheal.jar ] || { echo "Build first: mvn -q package -DskipTests" >&2; exit 1; }

flags="-XX:+UseSerialGC -Xms16m -Xmx256m -XX:+ExitOnOutOfMemoryError"
[ -z "${JAVA_FLAGS:-}" ] || flags=$JAVA_FLAGS
port=9597
yardstick=9598
home=$(mktemp -d "${BENCH_DIR:-/var/tmp}/selfheal-bench.XXXXXX")
pids=""
finish() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM

{
  echo "listen: 127.0.0.1:$port"
  echo "ledger: sqlite:$home/ledger.db"
  echo "targets:"
  i=0
  while [ $i -lt 1000 ]; do
    echo "  - {name: gpu-$i, match: {instance: \"gpu-$i:9100\"}, restart_command: [/bin/true, \"$i\"]}"
    i=$((i + 1))
  done
} >"$home/selfheal.yml"

now_ms() { echo $(($(date +%s%N) / 1000000)); }

start() {
  begun=$(now_ms)
  # shellcheck disable=SC2086 # several flags
  java $flags -jar target/selfheal.jar serve --config.file="$home/$1" >"$home/log" 2>&1 &
  receiver=$!
  pids="$pids $receiver"
  until curl -s -o /dev/null -f "http://127.0.0.1:$port/-/ready"; do
    kill -0 $receiver || { cat "$home/log" >&2; exit 1; }
    sleep 0.02
  done
  ready=$(($(now_ms) - begun))
}

rss() { awk '/VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$1/status"; }

{
  echo "listen: 127.0.0.1:$port"
  echo "ledger: sqlite:$home/one.db"
  echo "targets: [{name: gpu-0, match: {instance: \"gpu-0:9100\"}, unit: ollama.service}]"
} >"$home/one.yml"
echo "flags: $flags"
for run in 1 2 3 4 5; do
  start one.yml
  sleep 2
  echo "start $run: ready after $ready ms, $(rss $receiver) MB resident"
  kill $receiver
  wait $receiver 2>/dev/null || true
done

start selfheal.yml
curl -s -o /dev/null -H 'Content-Type: application/json' -d '{"reason":"benchmark"}' "http://127.0.0.1:$port/api/v1/pause"
webhook -hooks src/dev/bench/hooks.json -ip 127.0.0.1 -port $yardstick >/dev/null 2>&1 &
pids="$pids $!"
sleep 1

measure() { # kind count name url path
  KIND=$1 COUNT=$2 TARGET_PATH=$5 OFFSET=$(($(date +%s) % 100000 * 10000000)) \
    wrk -t2 -c16 -d"${6:-$seconds}s" -s src/dev/bench/alerts.lua "$4" 2>&1 | tail -1 |
    { read -r rate p50 p99 failed; [ -n "${6:-}" ] || echo "$3, $1, $2 alerts: $rate requests/s, p50 $p50 ms, p99 $p99 ms, $failed failed"; }
}
us="http://127.0.0.1:$port"
them="http://127.0.0.1:$yardstick"
echo "Warming up both."
measure repeat 1 selfheal $us /webhook/alertmanager "$warm_up"
measure new 1 selfheal $us /webhook/alertmanager "$warm_up"
measure repeat 1 webhook $them /hooks/alertmanager "$warm_up"
for count in 1 10 100; do
  measure repeat $count selfheal $us /webhook/alertmanager
  measure repeat $count webhook $them /hooks/alertmanager
  measure new $count selfheal $us /webhook/alertmanager
  measure new $count webhook $them /hooks/alertmanager
done
echo "resident after the load: $(rss $receiver) MB; ledger $(du -m "$home/ledger.db" | cut -f1) MB"
