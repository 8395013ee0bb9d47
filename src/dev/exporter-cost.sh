#!/bin/sh
# Measures what the exporter costs at its interval of 5 s beside an idle Ollama with one model in memory: CPU time of its
# process and of all that it starts (ss, systemctl, journalctl), and its resident memory. Prints one line for each set of
# flags; several sets run side by side, so that they meet the same noise.
# Usage: sh src/dev/exporter-cost.sh [SECONDS ["FLAGS" ...]]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-300}
[ $# -eq 0 ] || shift
sh src/dev/packages.sh openjdk-17-jdk-headless iproute2 curl python3-minimal
jar=${JAR:-target/selfheal.jar}
[ -f "$jar" ] || { echo "Build first: mvn -q package -DskipTests" >&2; exit 1; }
[ $# -gt 0 ] || set -- "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms8m -Xmx24m -Xss256k -XX:ReservedCodeCacheSize=16m -XX:-UsePerfData"

port=${COST_PORT:-9600}
warm_up=${WARM_UP:-60} # seconds
home=$(mktemp -d "${BENCH_DIR:-/var/tmp}/selfheal-cost.XXXXXX")
pids=""
finish() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM

python3 src/dev/cost/ollama.py serve "$port" &
pids=$!
until curl -s -o /dev/null -f "http://127.0.0.1:$port/api/version"; do kill -0 "$pids"; sleep 0.2; done

# Clock ticks of a process, of the children that it has waited for, and of those that run.
ticks() {
  set -- "$1" $(sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f12-15)
  sum=$(($2 + $3 + $4 + $5))
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
    set -- "$1" $(sed 's/.*) //' "/proc/$child/stat" 2>/dev/null | cut -d' ' -f12-15) 0 0
    sum=$((sum + $2 + $3))
  done
  echo $sum
}
memory() { awk -v name="$2:" '$1 == name {printf "%.0f", $2 / 1024}' "/proc/$1/status"; }
cpu() { awk -v a="$1" -v b="$2" -v s="$3" -v hz="$(getconf CLK_TCK)" 'BEGIN {printf "%.2f", (b - a) * 100 / hz / s}'; }

run=0
for flags; do
  run=$((run + 1))
  mkdir "$home/$run"
  {
    echo "exporter:"
    echo "  ollama_url: http://127.0.0.1:$port"
    echo "  textfile: $home/$run/ollama.prom"
    echo "  state: $home/$run/state.json"
    echo "  unit: selfheal-cost-$port.service"
    echo "  process: 'ollama\\.py serve $port'"
  } >"$home/$run/selfheal.yml"
  # shellcheck disable=SC2086 # several flags
  java $flags -jar "$jar" exporter --config.file="$home/$run/selfheal.yml" 2>"$home/$run/log" &
  eval "pid$run=$!"
  pids="$pids $!"
  sleep 0.7 # their rounds do not meet
done
rest() { sleep "$1" & wait $!; } # unlike sleep, wait lets a signal through
rest $warm_up
run=0
for flags; do
  run=$((run + 1))
  eval "pid=\$pid$run"
  kill -0 "$pid" || { cat "$home/$run/log" >&2; exit 1; }
  eval "from$run=$(ticks "$pid")"
done
begun=$(date +%s%N)
rest "$seconds"
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $seconds s after a warm-up of $warm_up s, $(java -version 2>&1 | sed -n 2p)"
run=0
for flags; do
  run=$((run + 1))
  eval "pid=\$pid$run from=\$from$run"
  took=$((($(date +%s%N) - begun) / 1000000))
  echo "$(cpu "$from" "$(ticks "$pid")" "$took"e-3) % of a core," \
    "$(memory "$pid" VmRSS) MB resident ($(memory "$pid" VmHWM) MB at most)," \
    "start $(cpu 0 "$from" 100) s, probes $(grep -c 'probe_success.* 1' "$home/$run/ollama.prom"): $flags"
done
