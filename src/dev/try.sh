#!/bin/sh
# Builds the receiver and lets it do its main job once, on this machine, without Ollama, GPU or root:
# a stand-in for Ollama hangs, an alert arrives, the receiver restarts the stand-in and proves that it answers.
set -eu
cd "$(dirname "$0")/../.."

sh src/dev/packages.sh openjdk-17-jdk-headless maven curl

echo "Building target/selfheal.jar ..."
mvn -B -q -ntp package -DskipTests

home=$(mktemp -d)
receiver=""
finish() {
  [ -z "$receiver" ] || kill "$receiver" 2>/dev/null || true
  [ ! -f "$home/ollama.pid" ] || kill -9 "$(cat "$home/ollama.pid")" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT TERM

free_port() {
  port=$1
  while curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$port/"; do port=$((port + 1)); done
  echo "$port"
}
listen=$(free_port 9595)
[ "$listen" = 9595 ] || echo "Port 9595 is taken; the receiver listens on $listen."
ollama=$(free_port 21434)

# The stand-in for `systemctl try-restart ollama.service`.
cat >"$home/restart.sh" <<EOF
#!/bin/sh
[ ! -f "$home/ollama.pid" ] || kill -9 "\$(cat "$home/ollama.pid")" 2>/dev/null
java -XX:TieredStopAtLevel=1 $PWD/src/test/java/dev/selfheal/testkit/FakeOllamaMain.java $ollama \
  >"$home/ollama.log" 2>&1 </dev/null &
echo \$! >"$home/ollama.pid"
EOF
cat >"$home/selfheal.yml" <<EOF
listen: 127.0.0.1:$listen
ledger: sqlite:$home/ledger.db
targets:
  - name: gpu-01
    match: {instance: "gpu-01:9100"}
    ollama_url: http://127.0.0.1:$ollama
    restart_command: [sh, $home/restart.sh]
EOF

sh "$home/restart.sh"
tries=0
until curl -s -o /dev/null "http://127.0.0.1:$ollama/api/version"; do
  tries=$((tries + 1))
  [ "$tries" -lt 150 ] || { cat "$home/ollama.log" >&2; echo "The stand-in did not start within 30 s." >&2; exit 1; }
  sleep 0.2
done
echo "A stand-in for Ollama answers on port $ollama. It freezes now (SIGSTOP)."
kill -STOP "$(cat "$home/ollama.pid")"

java -XX:+UseSerialGC -Xms16m -Xmx256m -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -jar target/selfheal.jar serve --config.file="$home/selfheal.yml" &
receiver=$!
until curl -s -o /dev/null "http://127.0.0.1:$listen/-/ready"; do
  kill -0 "$receiver" 2>/dev/null || exit 1
  sleep 0.2
done

echo "Alertmanager would post this alert now:"
since=$(date -u +%Y-%m-%dT%H:%M:%SZ)
post() {
  curl -s -H 'Content-Type: application/json' "http://127.0.0.1:$listen/webhook/alertmanager" --data-binary @- <<EOF
{"version": "4", "receiver": "selfheal", "status": "$1", "groupKey": "{}", "truncatedAlerts": 0,
 "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "",
 "alerts": [{"status": "$1", "labels": {"alertname": "OllamaFrozen", "instance": "gpu-01:9100"}, "annotations": {},
             "startsAt": "$since", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": "00000000deadbeef"}]}
EOF
  echo
}
post firing

tries=0
until curl -s "http://127.0.0.1:$listen/api/v1/attempts" | grep -q '"state":"settled"'; do
  tries=$((tries + 1))
  [ "$tries" -lt 150 ] || { echo "The attempt did not end within 30 s." >&2; exit 1; }
  sleep 0.2
done
echo "What the ledger says about the attempt:"
curl -s "http://127.0.0.1:$listen/api/v1/attempts"
echo
curl -s "http://127.0.0.1:$listen/api/v1/attempts" | grep -q '"outcome":"recovered"' || {
  echo "The stand-in did not recover." >&2
  exit 1
}
echo "The alert resolves:"
post resolved
tries=0
until curl -s "http://127.0.0.1:$listen/api/v1/incidents" | grep -q '"closing":"recovered"'; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || { echo "The incident did not close." >&2; exit 1; }
  sleep 0.2
done
java -jar target/selfheal.jar status --config.file="$home/selfheal.yml"
echo "Done: frozen, restarted once, proven, closed. For your own machine see README.md."
