#!/bin/sh
# Makes the Debian 12 that the tests boot (dev.selfheal.machine), unless it is there, and prints its path. It is complete:
# nothing is installed over a network later. It lies outside the work tree, in $SELFHEAL_CACHE or /var/cache/selfheal-test,
# and is made anew when this file changes. Nobody writes to it: each machine has an overlay of its own.
# Usage: sh src/dev/rootfs.sh
set -eu
umask 022

suite=bookworm
packages="systemd systemd-sysv dbus libpam-systemd polkitd sudo adduser
  iproute2 procps curl jq openssl openssh-server openssh-client openjdk-17-jre-headless faketime
  prometheus prometheus-alertmanager prometheus-node-exporter"
# The tests start what a host of theirs has, and the others boot in a second.
not_at_boot="ssh.service prometheus.service prometheus-alertmanager.service prometheus-node-exporter.service"
# They would hold dpkg's lock at some time, to ask a network that is not there.
never="apt-daily.timer apt-daily-upgrade.timer"

cache=${SELFHEAL_CACHE:-/var/cache/selfheal-test}
rootfs=$cache/rootfs-$(sha256sum <"$0" | cut -c 1-12)
new=$rootfs.new
log=$cache/rootfs.log

fail() {
  echo "$*" >&2
  exit 1
}

print_if_made() {
  [ -d "$rootfs" ] || return 0
  touch -c "$rootfs" 2>/dev/null || : # in use, see below; not by everybody
  echo "$rootfs"
  exit 0
}

# The mirror that this machine's own apt uses.
mirror() {
  # Other vendors' repositories may have the same code name.
  # shellcheck disable=SC2016 # apt-get's own variable
  apt-get indextargets --format '$(SITE)' "CODENAME: $suite" 'ORIGIN: Debian' 2>/dev/null | sort -u | head -n 1
}

# Mounts and processes of the command end with it, even if it is killed. It keeps the lock if this script is killed.
confined() { unshare --mount --pid --fork --kill-child --mount-proc "$@"; }

make() {
  # shellcheck disable=SC2086 # one word each
  confined debootstrap --variant=minbase --include="$(echo $packages | tr ' ' ',')" "$suite" "$new" "$mirror" &&
    confined chroot "$new" systemctl disable $not_at_boot &&
    confined chroot "$new" systemctl mask $never || return 1
  # What makes two machines different is made by each of them.
  rm -f "$new"/etc/ssh/ssh_host_* "$new/var/lib/dbus/machine-id"
  for empty in machine-id resolv.conf apt/sources.list; do # no network, no downloads
    rm -f "$new/etc/$empty"                                # it may be a link, which would lead out of the tree
    : >"$new/etc/$empty"
  done
  rm -rf "$new"/var/cache/apt/*.bin "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*
  rm -f "$new/usr/sbin/policy-rc.d" # services start when they are installed, as on any Debian
}

print_if_made

[ "$(id -u)" -eq 0 ] || fail "Only root can make the Debian for the tests. Run: sudo sh $0"
for needed in debootstrap:debootstrap unshare:util-linux flock:util-linux apt-get:apt; do
  command -v "${needed%:*}" >/dev/null ||
    fail "${needed%:*} is missing, which makes the Debian for the tests. Run: apt-get install ${needed#*:}"
done
mkdir -p "$cache" || fail "$cache cannot be made, where the Debian for the tests is kept. Set SELFHEAL_CACHE to another folder."

exec 9>"$cache/lock"
flock -w 1200 9 || fail "Another run has been making the Debian for the tests for 20 minutes. See $log"
print_if_made

mirror=$(mirror)
if [ -z "$mirror" ]; then
  apt-get -q update >"$log" 2>&1 || fail "apt-get update failed, see $log"
  mirror=$(mirror)
fi
[ -n "$mirror" ] || fail "apt knows no mirror of Debian's $suite; add one to /etc/apt/sources.list and run: apt-get update"
# debootstrap downloads by wget, which does not read apt's configuration.
eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
[ -z "${http_proxy:-}" ] || export http_proxy
[ -z "${https_proxy:-}" ] || export https_proxy

echo "Making the Debian for the tests once, in $rootfs (2 minutes, 775 MB)" >&2
rm -rf --one-file-system "$new" # half-made
make >"$log" 2>&1 || {
  tail -n 30 "$log" >&2
  fail "The Debian for the tests could not be made. All of it: $log"
}
mv "$new" "$rootfs"
# Those of other versions that nobody has used for two weeks.
find "$cache" -mindepth 1 -maxdepth 1 -name 'rootfs-*' -mtime +14 -exec rm -rf --one-file-system {} +
echo "$rootfs"
