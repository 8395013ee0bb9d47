#!/bin/sh
# Installs those of the given Debian packages that are not installed, and starts none of their services.
set -eu

missing=""
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "These Debian packages are missing:$missing. Run this as root, or install sudo." >&2
    exit 1
  }
  root="sudo"
fi

# Debian's packages start their services at once unless this file says no (invoke-rc.d(8)).
policy=/usr/sbin/policy-rc.d
made=""
if [ ! -e "$policy" ]; then
  made=yes
  printf '#!/bin/sh\nexit 101\n' | $root tee "$policy" >/dev/null
  $root chmod 755 "$policy"
fi
trap '[ -z "$made" ] || $root rm -f "$policy"' EXIT INT TERM

export DEBIAN_FRONTEND=noninteractive
echo "Installing Debian packages:$missing"
# shellcheck disable=SC2086 # one word each
{ $root apt-get -q update && $root apt-get -q install -y --no-install-recommends $missing; } >"${TMPDIR:-/tmp}/selfheal-apt.$$" 2>&1 || {
  cat "${TMPDIR:-/tmp}/selfheal-apt.$$" >&2
  echo "Debian's packages could not be installed; see above." >&2
  exit 1
}
rm -f "${TMPDIR:-/tmp}/selfheal-apt.$$"
