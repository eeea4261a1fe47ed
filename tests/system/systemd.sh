#!/usr/bin/env bash
# The package under a systemd that is process 1, as root: boots this machine's own files in a container (an overlay, so
# that nothing is written to them; no network but loopback; cgroups of its own) and runs systemd-life.sh there.
#
#   tests/system/systemd.sh FOLDER      with the folder that tools/packages/publish.sh made
#
# Exit code 77: this machine cannot host it; the last line says why. Whatever happens, no process, mount, cgroup or
# file is left.
set -euo pipefail
readonly CANNOT_HOST=77 BOOT_DEADLINE_S=60
cannot() { echo "$1"; exit $CANNOT_HOST; }

# --- inside namespaces of our own: mounts and processes end with them -------------------------------------------------

leader() { cut -d ' ' -f 1 "/proc/$nspawn/task/$nspawn/children" 2>/dev/null; }
inside() { nsenter --target "$(leader)" --all env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

if [ "${1:-}" = --boot ]; then
  scratch=$2 machine=$2/machine
  mount -t tmpfs tmpfs "$machine"
  mkdir "$machine"/{upper,work,root}
  root=$machine/root
  mount -t overlay overlay -o "lowerdir=/,upperdir=$machine/upper,workdir=$machine/work" "$root" 2>/dev/null \
    || cannot 'no overlay of / can be mounted'
  [ ! -d /run/systemd ] || mount -t tmpfs tmpfs /run/systemd
  # A machine fresh from the box: no service but systemd's own, no policy that forbids to start one.
  rm -rf "$root"/etc/systemd/system/*.wants "$root/usr/sbin/policy-rc.d" "$root/etc/machine-id"
  touch "$root/etc/machine-id"
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --directory="$root" --machine=microfirmware-test --boot \
    --private-network --register=no --keep-unit --resolv-conf=off --timezone=off --link-journal=no --console=pipe \
    --bind-ro="$scratch/packages:/mnt" >"$scratch/console" 2>&1 &
  nspawn=$!
  for ((i = 0; i < BOOT_DEADLINE_S; i++)); do
    state=$(inside systemctl is-system-running 2>/dev/null || true)
    case $state in running | degraded) break ;; esac
    [ -d "/proc/$nspawn" ] || cannot "systemd does not start here: $(tail -n 1 "$scratch/console")"
    sleep 1
  done
  case $state in running | degraded) ;; *) cannot "systemd does not finish its start: ${state:-no answer}" ;; esac
  inside bash /mnt/systemd-life.sh
  exit
fi

# --- on the machine ---------------------------------------------------------------------------------------------------

published=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
groups=()
host=
finish() {
  local status=$? group
  trap - EXIT
  trap '' INT TERM
  [ -z "$host" ] || { kill -KILL "$host" 2>/dev/null && wait "$host" || true; }
  for group in "${groups[@]}"; do
    echo $$ >"${group%/*}/cgroup.procs" || true
    # The last of the killed leave a little later.
    for _ in {1..300}; do
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
      sleep 0.1
    done
  done
  rm -rf "$scratch"
  exit $status
}
trap finish EXIT
trap 'exit 130' INT TERM

[ "$(id -u)" -eq 0 ] || cannot 'it needs root'
unshare --mount --pid --fork true 2>/dev/null || cannot 'no mount and process namespaces can be made'
[ ! -e /usr/bin/microfirmware ] || cannot 'a gateway is installed on this machine'

mkdir "$scratch/machine" "$scratch/packages"
for version in 0.1.0 0.1.1; do
  DEB_COMPRESSION=gzip DEB_LEVEL=1 tools/packages/deb.sh amd64 "$published" "$scratch/packages/$version.deb" "$version"
done
cp tests/system/systemd-life.sh tools/packages/README.md "$scratch/packages"
export DEBIAN_FRONTEND=noninteractive
needs=(apt-get -qq satisfy -y --no-install-recommends
  "systemd-container, tzdata, $(dpkg-deb --field "$scratch/packages/0.1.0.deb" Depends)")
"${needs[@]}" >"$scratch/apt" 2>&1 || { apt-get -qq update; "${needs[@]}" >"$scratch/apt" 2>&1; } \
  || { cat "$scratch/apt" >&2; exit 1; }

# Its processes in groups of their own: of cgroup2, and of systemd's where version 1 still stands beside it.
own=$(cat /proc/self/cgroup)
while IFS=: read -r _ kind path; do
  case $kind in
    '') hierarchy=$(findmnt --noheadings --first-only --types cgroup2 --output TARGET) || continue ;;
    name=systemd) hierarchy=/sys/fs/cgroup/systemd ;;
    *) continue ;;
  esac
  group=${hierarchy}${path%/}/microfirmware-test-$$
  mkdir "$group" 2>/dev/null || cannot "no control group can be made in $hierarchy"
  groups+=("$group")
  echo $$ >"$group/cgroup.procs" || cannot "no process can be moved within $hierarchy"
done <<<"$own"
[ ${#groups[@]} -gt 0 ] || cannot 'no control groups are mounted'

# In the background, so that a signal is heard at once. It dies with this script, and all that it started with it.
setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc "$0" --boot "$scratch" &
host=$!
wait "$host"
