#!/usr/bin/env bash
# Packs a published folder as a Debian package. The same folder and version give the same octets.
#
#   tools/packages/publish.sh linux-x64 FOLDER
#   tools/packages/deb.sh amd64 FOLDER OUT.deb [VERSION]      amd64, arm64 or armhf
#
# DEB_COMPRESSION (xz) and DEB_LEVEL (6) trade size for time; SOURCE_DATE_EPOCH is the time of every file, that of the
# last commit if it is not set.
set -euo pipefail
readonly architecture=$1 published=$2 out=$3 version=${4:-0.1.0}
here=$(cd "$(dirname "$0")" && pwd)
readonly here
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
umask 022

readonly program="$root/usr/lib/microfirmware" doc="$root/usr/share/doc/microfirmware"
mkdir -p "$root/DEBIAN" "$program" "$doc" "$root/usr/bin" "$root/etc/microfirmware" "$root/lib/systemd/system" \
  "$root/usr/share/lintian/overrides" "$root/usr/share/man/man1"
cp -r "$published/." "$program"

# Debian's own SQLite, which Debian keeps safe, in place of the one that comes with the program.
declare -A triplets=([amd64]=x86_64-linux-gnu [arm64]=aarch64-linux-gnu [armhf]=arm-linux-gnueabihf)
find "$program" -name libe_sqlite3.so -delete
ln -s "../${triplets[$architecture]}/libsqlite3.so.0" "$program/libe_sqlite3.so"
# Tracing of the runtime itself: needs a library that nobody else here needs.
rm -f "$program/libcoreclrtraceptprovider.so" "$program/createdump"
find "$program" -type f -exec chmod 644 {} +

depends="adduser, ca-certificates, libc6 (>= 2.27), libgcc-s1, libsqlite3-0 (>= 3.35), libssl3 | libssl3t64, libstdc++6"
if [ -f "$program/MicroFirmware.Micro" ]; then
  chmod 755 "$program/MicroFirmware.Micro"
  ln -s ../lib/microfirmware/MicroFirmware.Micro "$root/usr/bin/microfirmware"
else
  depends+=", aspnetcore-runtime-10.0"
  printf '#!/bin/sh\nexec dotnet /usr/lib/microfirmware/MicroFirmware.Micro.dll "$@"\n' >"$root/usr/bin/microfirmware"
  chmod 755 "$root/usr/bin/microfirmware"
fi

install -m 644 "$here/debian/microfirmware.service" "$root/lib/systemd/system/microfirmware.service"
install -m 644 "$here/debian/appsettings.json" "$root/etc/microfirmware/appsettings.json"
echo /etc/microfirmware/appsettings.json >"$root/DEBIAN/conffiles"
install -m 755 "$here"/debian/{postinst,prerm,postrm} "$root/DEBIAN"
install -m 644 "$here/debian/copyright" "$doc/copyright"
install -m 644 "$here/README.md" "$doc/README.md"
install -m 644 "$here/debian/lintian-overrides" "$root/usr/share/lintian/overrides/microfirmware"
gzip -9n <"$here/debian/microfirmware.1" >"$root/usr/share/man/man1/microfirmware.1.gz"
printf 'microfirmware (%s) unstable; urgency=medium\n\n  * As of this commit.\n\n -- %s  %s\n' "$version" \
  'MicroFirmware <microfirmware@localhost.localdomain>' "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" \
  | gzip -9n >"$doc/changelog.gz"
chmod 644 "$doc"/* "$root"/usr/share/man/man1/*

sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@DEPENDS@/$depends/" \
  -e "s/@SIZE@/$(du -sk --apparent-size "$root/usr" | cut -f 1)/" "$here/debian/control" >"$root/DEBIAN/control"
(cd "$root" && find usr lib -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group "-Z${DEB_COMPRESSION:-xz}" "-z${DEB_LEVEL:-6}" --build "$root" "$out" >/dev/null
