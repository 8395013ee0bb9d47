#!/bin/sh
# Installs what the tests need on a Debian 12, then builds the project and runs all tests.
set -eu
cd "$(dirname "$0")/../.."

sh src/dev/packages.sh openjdk-17-jdk-headless maven iproute2 dash shellcheck \
  openssh-server openssh-client faketime \
  prometheus prometheus-alertmanager prometheus-node-exporter

exec mvn -B -ntp verify "$@"
