#!/usr/bin/env bash
# Publishes micro for one system into a folder, from a build of its own: nothing in the clone changes.
# Where the runtime's packages for that system can be had, the folder runs by itself; where they cannot, it needs
# ASP.NET Core 10 on that machine, and the last line says so.
#
#   tools/packages/publish.sh linux-arm64 FOLDER [VERSION]
set -euo pipefail
readonly system=$1 version=${3:-0.1.0}
mkdir -p "$2"
folder=$(cd "$2" && pwd)
readonly folder
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# For every project, not for micro alone: no octet of the result tells where it was built.
publish() {
  timeout 900 dotnet publish tools/Micro -p:PublishProfile="$system" --artifacts-path "$scratch/build" -o "$folder" \
    --disable-build-servers -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:DebugType=none \
    -p:UseSharedCompilation=false --nologo -v quiet "$@" >"$scratch/log" 2>&1
}

if publish; then
  echo "$system: self-contained"
elif grep -q 'NU1101.*\.\(Runtime\|Host\|Crossgen2\)\.' "$scratch/log"; then
  rm -rf "$scratch/build"
  publish -p:FrameworkDependent=true || { cat "$scratch/log" >&2; exit 1; }
  echo "$system: needs ASP.NET Core 10 (no runtime package of this system could be restored)"
else
  cat "$scratch/log" >&2
  exit 1
fi
