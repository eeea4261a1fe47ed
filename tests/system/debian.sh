#!/usr/bin/env bash
# The Debian package's life on this machine, as root: installed, started as its unit starts it, one proven share,
# backed up while it runs, upgraded with its data, removed with its data kept, purged. Ends with nothing left.
# It needs no systemd: the unit's own command line is run as the unit's own user. (systemd.sh has one, where it can.)
#
#   tests/system/debian.sh FOLDER      with the folder that tools/packages/publish.sh made
set -euo pipefail
published=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
readonly published DEADLINE_S=180 DATA=/var/lib/microfirmware UNIT=/lib/systemd/system/microfirmware.service
if [ -e /usr/bin/microfirmware ]; then echo "FAIL: the gateway installed here is not for tests" >&2; exit 1; fi
scratch=$(mktemp -d)
chmod 755 "$scratch"
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait "${pids[@]}" 2>/dev/null || true
  pids=()
}

finish() {
  local status=$?
  stop
  [ $status -eq 0 ] || tail -n 20 "$scratch"/*.log >&2
  dpkg -P microfirmware >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap finish EXIT

fail() { echo "FAIL: $1" >&2; exit 1; }
seconds() { printf '%s %s s\n' "$1" "$(awk "BEGIN { printf \"%.1f\", $(date +%s.%N) - $2 }")"; }

# Waits until a file has a line that matches, and prints what the first group caught.
await() {
  local line
  for ((i = 0; i < DEADLINE_S * 5; i++)); do
    line=$(sed -nE "s#.*$2.*#\1#p" "$1" | head -n 1)
    [ -n "$line" ] && { echo "$line"; return; }
    sleep 0.2
  done
  fail "no line '$2' in $1"
}

# The unit's command, user, directory and settings of the environment; ports of the system's choice.
start() {
  local command user folder
  command=$(sed -n 's/^ExecStart=//p' "$UNIT")
  user=$(sed -n 's/^User=//p' "$UNIT")
  folder=$(sed -n 's/^WorkingDirectory=//p' "$UNIT")
  # shellcheck disable=SC2046,SC2086
  (cd "$folder" && exec env -i PATH="$PATH" $(sed -n 's/^Environment=//p' "$UNIT") \
    MICRO_HTTP__PORT=0 MICRO_HTTP__TLSPORT=0 MICRO_MQTT__PORT=0 MICRO_MQTT__TLSPORT=0 MICRO_REWARDS__INTERVAL=1s \
    setpriv --reuid="$user" --regid="$user" --init-groups --no-new-privs $command) >"$scratch/$1.log" 2>&1 &
  pids+=($!)
  await "$scratch/$1.log" '(gateway ready)' >/dev/null
}

get() {
  exec 3<>"/dev/tcp/${1%:*}/${1#*:}"
  printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "$1" >&3
  cat <&3
  exec 3>&-
}

as_service() { setpriv --reuid=microfirmware --regid=microfirmware --init-groups "$@"; }
proven() { microfirmware ledger verify --data "$1" 2>/dev/null | sed -nE 's/^proofs +-([0-9]+) WORK/\1/p'; }
head_of() { microfirmware ledger verify --data "$1" | sed -n 's/^head: *//p'; }

install_package() {
  local apt=(apt-get -qq install -y --no-install-recommends "$scratch/$1.deb")
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" >"$scratch/apt.log" 2>&1 || { apt-get -qq update; "${apt[@]}" >"$scratch/apt.log" 2>&1; }
}

pack() { DEB_COMPRESSION=gzip DEB_LEVEL=1 tools/packages/deb.sh amd64 "$published" "$scratch/$1.deb" "$1"; }
pack 0.1.0
cp "$scratch/0.1.0.deb" "$scratch/once"
pack 0.1.0
cmp "$scratch/0.1.0.deb" "$scratch/once" || fail 'the same input gave another package'
pack 0.1.1

began=$(date +%s.%N)
install_package 0.1.0
seconds 'package.install' "$began"
[ "$(stat -c '%U %a' "$DATA")" = 'microfirmware 700' ] || fail "$DATA is not the service's alone"
[ "$(stat -c '%U %G %a' /etc/microfirmware/appsettings.json)" = 'root microfirmware 640' ] || fail 'settings are open'
if command -v systemd-analyze >/dev/null; then
  systemd-analyze verify "$UNIT" || fail 'the unit is not right'
  systemd-analyze security --offline=true --threshold=25 "$UNIT" | tail -n 1 || fail 'the unit is not hardened'
fi
if command -v lintian >/dev/null; then
  lintian --fail-on error,warning "$scratch/0.1.0.deb" >"$scratch/lintian.log" 2>&1 || fail 'lintian complains'
fi

began=$(date +%s.%N)
start first
seconds 'package.ready' "$began"
token=$(await "$scratch/first.log" 'shown this once: ([0-9a-f-]+)')
gateway=$(await "$scratch/first.log" 'work at https://([^/]+)/')
page=$(get "$(await "$scratch/first.log" 'work at http://([^/]+)/')" /sign-in)
grep -q '^HTTP/1.1 200' <<<"$page" && grep -q 'rel="stylesheet"' <<<"$page" || fail 'the dashboard is not served'
microfirmware board --serial --hash-rate 50k >"$scratch/board.log" 2>&1 &
pids+=($!)
port=$(await "$scratch/board.log" 'serial port: (.+)')
MICRO_TOKEN=$token timeout "$DEADLINE_S" microfirmware configure --port "$port" --gateway "$gateway" --device hall \
  >"$scratch/configure.log" 2>&1
for ((i = 0; i < DEADLINE_S; i++)); do
  [ -n "$(proven "$DATA")" ] && break
  sleep 1
done
[ -n "$(proven "$DATA")" ] || fail 'no share was proven'

install -d -o microfirmware "$scratch/backups"
as_service microfirmware backup "$scratch/backups/one" --data "$DATA"
[ "$(stat -c '%U %a' "$scratch/backups/one")" = 'microfirmware 600' ] || fail 'the backup is open to others'
microfirmware restore "$scratch/backups/one" --data "$scratch/restored"
[ "$(proven "$scratch/restored")" -ge 1 ] || fail 'the backup has no share'
stop

before=$(head_of "$DATA")
install_package 0.1.1
dpkg -s microfirmware | grep -q '^Version: 0.1.1$' || fail 'not upgraded'
start second
grep -q '1 boards registered' "$scratch/second.log" || fail 'the board is not known after the upgrade'
microfirmware ledger verify --data "$DATA" --head "$before" >/dev/null || fail 'the ledger is not what it was'
stop

dpkg -r microfirmware >/dev/null
if [ -e /usr/bin/microfirmware ]; then echo "FAIL: the gateway installed here is not for tests" >&2; exit 1; fi
[ -f "$DATA/ledger.db" ] && [ -f /etc/microfirmware/appsettings.json ] || fail 'data did not outlive the program'
dpkg -P microfirmware >/dev/null
for left in "$DATA" /etc/microfirmware /usr/lib/microfirmware; do
  [ ! -e "$left" ] || fail "purged, and $left is left"
done
echo 'installed, mined, backed up, upgraded, removed, purged'
