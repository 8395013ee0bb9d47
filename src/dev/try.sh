#!/bin/sh
# Builds the jar and lets it show what it does, on this machine, without Ollama, GPU, Prometheus or root (but to install
# what the build needs). All arguments are the demo's: --fast, --with-prometheus.
set -eu
cd "$(dirname "$0")/../.."

sh src/dev/packages.sh openjdk-17-jdk-headless maven iproute2

echo "Building target/selfheal.jar ..."
mvn -B -q -ntp package -DskipTests

[ $# -gt 0 ] || set -- --fast
exec java -jar target/selfheal.jar demo "$@"
