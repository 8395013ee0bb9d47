#!/bin/sh
# Holds one machine: PID 1 of a PID namespace, in a mount and a network namespace of its own. Whenever this ends, even by
# SIGKILL, the kernel takes away the machine's processes, mounts and interfaces. It ends when its input does, that is with
# the JVM of the test at the latest.
# Usage: machine.sh ROOTFS NAME ADDRESS CGROUP...; says "ready", and boots when it reads a line: eth0 must be there then.
set -eu
rootfs=$1 name=$2 address=$3
shift 3

# The host's /run stays as it is; nspawn keeps its books in this one.
mount -t tmpfs -o mode=755,size=2g selfheal /run
mkdir /run/upper /run/work /run/root
mount -t overlay -o "lowerdir=$rootfs,upperdir=/run/upper,workdir=/run/work" selfheal /run/root
echo "$name" >/run/root/etc/hostname
tr -d - </proc/sys/kernel/random/uuid >/run/root/etc/machine-id
echo ready

read -r _
ip link set lo up
ip address add "$address/24" dev eth0
ip link set eth0 up

# The end of the input ends this, and with it all the rest.
trap 'exit 0' TERM
exec 3<&0
{
  cat >/dev/null
  kill -s TERM 1
} <&3 &

nspawn() {
  for cgroup; do echo 0 >"$cgroup/cgroup.procs"; done
  exec systemd-nspawn --quiet --directory=/run/root --machine="$name" --boot --register=no --keep-unit \
    --network-namespace-path=/proc/self/ns/net --link-journal=no --resolv-conf=off --timezone=off \
    --setenv=TERM=dumb --setenv=SYSTEMD_COLORS=0 --console=read-only 3<&- </dev/null
}

reboot=133 # what nspawn says then, for whoever started it to start it again
status=$reboot
while [ "$status" -eq "$reboot" ]; do
  nspawn "$@" &
  status=0
  wait "$!" || status=$?
done
exit "$status"
