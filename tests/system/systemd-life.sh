#!/usr/bin/env bash
# What is asked of the service by a machine that systemd runs: started by its package under all of its unit's
# hardening, signed in to by the link in the journal, mined at, restarted, killed, hung, stopped, backed up, upgraded,
# restored, removed, purged. Every command that tools/packages/README.md gives is run as it stands there. Run by
# systemd.sh, in a container that is thrown away; packages and that page lie in /mnt.
set -euo pipefail
readonly DEADLINE_S=120 DATA=/var/lib/microfirmware SETTINGS=/etc/microfirmware/appsettings.json UNIT=microfirmware
readonly LOG=/tmp/commands.log
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

fail() {
  echo "FAIL: $1" >&2
  systemctl --no-pager --full status $UNIT >&2 || true
  journalctl --no-pager --quiet -n 40 >&2 || true
  [ ! -s $LOG ] || tail -n 5 $LOG >&2
  exit 1
}
ok() { echo "ok: $1"; }
property() { systemctl show --value --property="$1" $UNIT; }
journal() { journalctl --no-pager --quiet --output=cat --unit=$UNIT; }
as_service() { setpriv --reuid=microfirmware --regid=microfirmware --init-groups "$@"; }
ledger() { as_service microfirmware ledger verify --data $DATA "$@"; }
head_of_ledger() { ledger | sed -n 's/^head: *//p'; }
proven() { ledger 2>/dev/null | sed -nE 's/^proofs +-([0-9]+) WORK/\1/p'; }

# until_true WORDS COMMAND…: asks every half second, for DEADLINE_S
until_true() {
  local words=$1 i
  shift
  for ((i = 0; i < DEADLINE_S * 2; i++)); do
    "$@" && return
    sleep 0.5
  done
  fail "$words"
}

# ask METHOD PATH [BODY [HEADER]]: an answer of the gateway, with its head
ask() {
  exec 3<>/dev/tcp/127.0.0.1/8080
  printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1:8080\r\nOrigin: http://127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\n' \
    "$1" "$2" >&3
  printf '%sContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' "${4:+$4$'\r\n'}" "${#3}" "$3" >&3
  tr -d '\r' <&3
  exec 3>&-
}

# readme TITLE [LINE]: what the page tells to type under a title, as an administrator does, in a folder of their own
readme() {
  local commands
  commands=$(awk -v title="## $1" '$0 == title { on = 1; next } /^## / { on = 0 }
    on && /^```/ { code = !code; next } on && code { sub(/   +.*/, ""); print }' /mnt/README.md)
  [ -n "$commands" ] || fail "the page says nothing to type under '$1'"
  [ $# -eq 1 ] || commands=$(sed -n "$2p" <<<"$commands")
  (cd /root && bash -euo pipefail <<<"$commands") 2>&1 || fail "the page's commands under '$1'"
}

has_more_than() { [ "$(proven || true)" -gt "$1" ] 2>/dev/null; }
is_another() { [ "$(property MainPID)" -gt 0 ] && [ "$(property MainPID)" != "$1" ] && systemctl -q is-active $UNIT; }
mines_on() { until_true "$1: no share is proven any more" has_more_than "$(proven)"; }

# --- installed: started, hardened, for this machine alone -------------------------------------------------------------

started_hardened() {
  cp /mnt/0.1.0.deb /root/microfirmware.deb
  readme Install >$LOG
  systemctl -q is-active $UNIT || fail 'the package does not start its service'
  systemctl -q is-enabled $UNIT || fail 'the service does not start with the machine'
  # Installed is ready: apt waited for READY=1.
  journal | grep 'gateway ready' >/dev/null || fail 'ready before it is'
  [ "$(property NRestarts)" = 0 ] || fail 'it needed more than one start'
  ok "starts, and is ready when apt returns ($(property Type), watchdog $(property WatchdogUSec))"

  local pid status
  pid=$(property MainPID)
  status=$(cat "/proc/$pid/status")
  [ "$(stat -c %U "/proc/$pid")" = microfirmware ] || fail 'it runs as somebody else'
  for line in 'NoNewPrivs:1' 'Seccomp:2' 'CapEff:0000000000000000' 'CapBnd:0000000000000000'; do
    grep -qE "^${line%:*}:\s+${line#*:}$" <<<"$status" || fail "its status is not $line"
  done
  for space in mnt user; do
    [ "$(readlink "/proc/$pid/ns/$space")" != "$(readlink /proc/self/ns/$space)" ] || fail "$space is the machine's"
  done
  for folder in /usr /etc /etc/microfirmware /var /home /root; do
    ! nsenter --target "$pid" --mount touch "$folder/written" 2>/dev/null || fail "$folder can be written"
  done
  nsenter --target "$pid" --mount touch $DATA/written && rm $DATA/written || fail "$DATA cannot be written"
  [ "$(stat -c '%U %a' $DATA)" = 'microfirmware 700' ] || fail "$DATA is not the service's alone"
  # The link's digest is for whoever made it, root or the service.
  [ -z "$(find $DATA -type f -perm /077 ! -name sign-in.link)" ] || fail "a file in $DATA is open to others"
  systemd-analyze --no-pager security --threshold=25 $UNIT >/tmp/security || fail "$(tail -n 1 /tmp/security)"
  ok "hardened: $(sed -n 's/.*exposure level for .*: \([0-9.]*\).*/exposure \1/p' /tmp/security), writes its data only"

  # State 0A listens; of addresses only 127.0.0.1, and ::1 or that in IPv6 clothes.
  local open
  open=$(awk '$4 == "0A" { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ "$(grep -c . <<<"$open")" -ge 4 ] || fail "listens at $open"
  ! grep -vE '^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):' <<<"$open" \
    || fail 'it listens to other machines'
  ok 'listens on loopback only'
}

# --- the owner by the link, a board by a join code --------------------------------------------------------------------

board_mines() {
  # Shares are booked every second, as a setting that an upgrade has to keep.
  cp -p $SETTINGS /tmp/settings
  echo '{ "Rewards": { "Interval": "1s" }, "Upstreams": [] }' >$SETTINGS
  systemctl restart $UNIT || fail 'systemctl restart'
  local link answer cookie code port
  link=$(journalctl --no-pager -u microfirmware | sed -n 's#.*\(http://127.0.0.1:8080/welcome/[0-9a-f]*\)$#\1#p' \
    | tail -n 1)
  [ -n "$link" ] || fail 'no link for the first sign-in in the journal'
  answer=$(ask POST /v1/welcome "{\"code\":\"${link##*/}\",\"name\":\"maria\",\"password\":\"four words are good\"}")
  cookie=$(sed -nE 's/^Set-Cookie: (micro-session=[^;]+).*/Cookie: \1/p' <<<"$answer")
  [ -n "$cookie" ] || fail "the link lets nobody in: $answer"
  [ -z "$(ask POST /v1/welcome "{\"code\":\"${link##*/}\",\"name\":\"eve\",\"password\":\"four words are good\"}" \
    | grep '^Set-Cookie: micro-session')" ] || fail 'the link is good twice'
  code=$(ask POST /v1/join-codes '' "$cookie" | sed -nE 's/.*"code":"([^"]+)".*/\1/p')
  [ -n "$code" ] || fail 'no join code'
  link=$(readme 'Another link' | sed -n 's#^http://127.0.0.1:8080##p')
  ask GET "$link" '' | grep '^HTTP/1.1 200' >/dev/null || fail "another link is not good: $link"
  ok 'the link in the journal makes the owner'\''s sign-in, once'

  (cd /tmp && exec microfirmware board --serial --hash-rate 50k) >/tmp/board.log 2>&1 &
  until_true 'the virtual board does not start' grep -q 'serial port: ' /tmp/board.log
  port=$(sed -n 's/.*serial port: //p' /tmp/board.log)
  MICRO_TOKEN=$code timeout $DEADLINE_S microfirmware configure --port "$port" --gateway 127.0.0.1:8443 \
    --device hall >/tmp/configure.log 2>&1 || fail "$(tail -n 5 /tmp/configure.log)"
  until_true 'no share was proven' has_more_than 0
  ok 'a board enrols and its shares are proven'
  echo "$link $code ${cookie#*=}" >/tmp/secrets
}

# --- what a year brings -----------------------------------------------------------------------------------------------

survives() {
  local pid before
  pid=$(property MainPID) before=$(head_of_ledger)
  systemctl kill --signal=KILL --kill-who=main $UNIT
  until_true 'not started again after kill -9' is_another "$pid"
  ledger --head "$before" >/dev/null || fail 'kill -9 changed the ledger'
  mines_on 'after kill -9'
  ok 'kill -9: started again, its ledger whole, its board mines on'

  mkdir -p /run/systemd/system/$UNIT.service.d
  printf '[Service]\nWatchdogSec=15\n' >/run/systemd/system/$UNIT.service.d/watchdog.conf
  systemctl daemon-reload
  systemctl restart $UNIT || fail 'systemctl restart'
  pid=$(property MainPID) before=$(head_of_ledger)
  kill -STOP "$pid"
  until_true 'one that hangs is not started again' is_another "$pid"
  journalctl --no-pager --quiet --unit=$UNIT | grep 'Watchdog timeout' >/dev/null || fail 'it was not the watchdog'
  rm -r /run/systemd/system/$UNIT.service.d
  systemctl daemon-reload
  systemctl restart $UNIT || fail 'systemctl restart'
  ledger --head "$before" >/dev/null || fail 'the watchdog changed the ledger'
  ok 'hung: the watchdog ends it, and it is started again'

  before=$SECONDS
  systemctl stop $UNIT
  [ "$(property Result) $(property ExecMainStatus)" = 'success 0' ] || fail "stopped with $(property Result)"
  journal | tail -n 10 | grep 'gateway stopped' >/dev/null || fail 'it did not say goodbye'
  [ -z "$(find $DATA -name '*-wal' -size +0)" ] || fail 'stopped with a log that is not in its database'
  ledger >/dev/null || fail 'stopped with a broken ledger'
  ok "systemctl stop: $((SECONDS - before)) s, cleanly"

  echo '{ "Http": { "Port": "many" } }' >/tmp/wrong && cp $SETTINGS /tmp/right && cat /tmp/wrong >$SETTINGS
  ! systemctl start $UNIT 2>/dev/null || fail 'starts with a wrong setting'
  [ "$(property ActiveState)" = failed ] || fail 'a wrong setting is tried again and again'
  journal | tail -n 10 | grep 'Http:Port' >/dev/null || fail 'the journal does not name the wrong setting'
  cat /tmp/right >$SETTINGS
  systemctl start $UNIT || fail 'does not start with the setting corrected'
  ok 'a wrong setting is named in the journal, and not tried again'
}

# --- backed up, upgraded, removed, purged -----------------------------------------------------------------------------

upgraded_and_removed() {
  local pid before settings
  readme 'Back up' >$LOG
  mines_on 'after a restart'
  pid=$(property MainPID) before=$(head_of_ledger) settings=$(cat $SETTINGS)
  cp /mnt/0.1.1.deb /root/microfirmware.deb
  readme Install >$LOG
  is_another "$pid" || fail 'an upgrade does not restart the service'
  [ "$(cat $SETTINGS)" = "$settings" ] || fail 'an upgrade changed the settings'
  [ "$(stat -c '%U %G %a' $SETTINGS)" = 'root microfirmware 640' ] || fail 'settings are open'
  ledger --head "$before" >/dev/null || fail 'an upgrade changed the ledger'
  mines_on 'after the upgrade'
  ok 'upgraded while it ran: restarted, data and settings kept, its board mines on'

  readme Restore >$LOG
  grep '^verified: ' $LOG >/dev/null || fail 'the restored ledger is not proven'
  [ "$(stat -c '%U %a' $DATA)" = 'microfirmware 700' ] || fail "restored, and $DATA is not the service's alone"
  mines_on 'after a restore'
  before=$(head_of_ledger)
  rm -r $DATA.old
  ok 'restored from a backup that was made while it ran: its board mines on'

  check_journal
  readme Remove 1 >$LOG
  ! systemctl -q is-active $UNIT || fail 'removed, and it runs'
  ! pgrep -u microfirmware >/dev/null || fail 'removed, and something of it runs'
  [ -f $DATA/ledger.db ] && [ -f $SETTINGS ] || fail 'removed, and its data is gone'
  readme Install >$LOG
  ledger --head "$before" >/dev/null || fail 'installed again, and it is not what it was'
  mines_on 'installed again'
  readme Remove 2 >$LOG
  for left in $DATA /etc/microfirmware /usr/lib/microfirmware /usr/bin/micro /usr/bin/microfirmware; do
    [ ! -e "$left" ] || fail "purged, and $left is left"
  done
  [ -z "$(find /etc/systemd /lib/systemd /var/lib/systemd -name "$UNIT*")" ] || fail 'purged, and its unit is left'
  systemctl daemon-reload
  [ "$(property LoadState)" = not-found ] || fail 'purged, and systemd knows it'
  ok 'removed with its data kept, installed again, purged'
}

# Of secrets the journal knows the links, which are over: no token, code, session or key.
check_journal() {
  local all secret
  all=$(journal)
  ! grep -qE '[0-9a-f]{64}-[0-9a-f]{20}' <<<"$all" || fail 'a token is in the journal'
  for secret in $(cut -d ' ' -f 2- /tmp/secrets) 'four words are good' $(grep -v -- --- $DATA/authority.key); do
    ! grep -qF "$secret" <<<"$all" || fail 'a secret is in the journal'
  done
  [ "$(grep -c /welcome/ <<<"$all")" -eq "$(grep -c 'good once' <<<"$all")" ] || fail 'a link is where none belongs'
  ok "no secret in the journal's $(wc -l <<<"$all") lines"
}

# Asked whether to remove it, the administrator says yes.
echo 'APT::Get::Assume-Yes "true";' >/etc/apt/apt.conf.d/90yes
# A machine without it: who has root anyway becomes the one who is named.
command -v sudo >/dev/null || install /dev/stdin /usr/bin/sudo <<'SUDO'
#!/bin/sh
[ "$1" = -u ] || exec "$@"
user=$2
shift 2
exec setpriv --reuid="$user" --regid="$user" --init-groups "$@"
SUDO

started_hardened
board_mines
survives
upgraded_and_removed
echo "systemd $(systemctl --version | sed -nE '1s/systemd ([0-9]+).*/\1/p') as process 1: ${SECONDS} s"
