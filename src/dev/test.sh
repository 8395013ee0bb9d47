#!/bin/sh
# Installs what the tests need on a Debian 12, then builds the project and runs all tests.
set -eu
cd "$(dirname "$0")/../.."

sh src/dev/packages.sh openjdk-17-jdk-headless maven iproute2 dash shellcheck \
  openssh-server openssh-client faketime curl procps systemd systemd-container debootstrap lintian \
  prometheus prometheus-alertmanager prometheus-node-exporter wrk webhook python3-minimal

# Before the tests: the first time takes minutes. Other users' tests of machines fail, and say what to do.
[ "$(id -u)" -ne 0 ] || sh src/dev/rootfs.sh >/dev/null

exec mvn -B -ntp verify "$@"
