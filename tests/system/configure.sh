#!/usr/bin/env bash
# As a user does it, three programs: a gateway, a virtual board on a pseudo-terminal, micro configure over TLS.
# Prints how long it takes from the first word on the serial line until the board mines; fails if it does not.
#
#   tests/system/configure.sh [Debug|Release]
set -euo pipefail
cd "$(dirname "$0")/../.."
readonly micro="tools/Micro/bin/${1:-Debug}/net10.0/MicroFirmware.Micro" DEADLINE_S=120
scratch=$(mktemp -d)
pids=()

finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$scratch"
}
trap finish EXIT

# Waits until a file has a line that matches, and prints what the first group caught.
await() {
  local line
  for ((i = 0; i < DEADLINE_S * 10; i++)); do
    line=$(sed -nE "s#.*$2.*#\1#p" "$1" | head -n 1)
    [ -n "$line" ] && { echo "$line"; return; }
    sleep 0.1
  done
  echo "no line '$2' in:" >&2; cat "$1" >&2; return 1
}

[ -x "$micro" ] || { echo "build it first: dotnet build tools/Micro -c ${1:-Debug}" >&2; exit 1; }
"$micro" gateway --Http:Port=0 --Mqtt:Port=0 --Storage:DataDirectory="$scratch/data" >"$scratch/gateway" 2>&1 &
pids+=($!)
"$micro" board --serial --hash-rate 50k >"$scratch/board" 2>&1 &
pids+=($!)
gateway=$(await "$scratch/gateway" 'work at https://([^/]+)/')
MICRO_TOKEN=$(await "$scratch/gateway" 'shown this once: ([0-9a-f-]+)')
export MICRO_TOKEN
port=$(await "$scratch/board" 'serial port: (.+)')

timeout "$DEADLINE_S" "$micro" configure --port "$port" --gateway "$gateway" --device hall | tee "$scratch/configure"
seconds=$(await "$scratch/configure" 'mines, ([0-9.]+) s after')
# Degraded is mining too, with something to be told: on a slow machine shares were given up before the broker was there.
await "$scratch/board" 'board: (mining|degraded)' >/dev/null
echo "configure.mining $seconds s"
