#!/bin/sh
# Holds a network namespace with a bridge in it, for as long as its input is open.
# Usage: lan.sh ADDRESS; says "ready".
set -eu
ip link set lo up
ip link add lan0 type bridge
ip address add "$1/24" dev lan0
ip link set lan0 up
echo ready
exec cat >/dev/null
