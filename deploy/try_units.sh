#!/bin/sh
# make try-units  Installs the units of deploy/systemd as docs/operating.md says, under a systemd of
# their own, and runs each of them: that systemd is process 1 of its own namespaces, and its root is
# this machine's with a layer of memory over it, so that nothing here is changed. Needs root, Linux
# with overlayfs, systemd and Debian's python3-venv; the network for packages is that of the machine.
set -eu

work=/run/peacesite-units
source=$(cd "$(dirname "$0")/.." && pwd)

boot() { # as the first process of its namespaces: makes the root and becomes systemd
  mount --make-rprivate /
  mount -t tmpfs tmpfs "$work"
  mkdir "$work/upper" "$work/rest" "$work/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/rest" "$work/root"
  cd "$work/root"
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
  else
    mount -t tmpfs tmpfs sys/fs/cgroup
    mkdir sys/fs/cgroup/systemd
    mount -t cgroup -o none,name=systemd,xattr cgroup sys/fs/cgroup/systemd
  fi
  for folder in run tmp dev; do mount -t tmpfs tmpfs $folder; done
  for device in null zero full random urandom tty; do
    touch dev/$device && mount --bind /dev/$device dev/$device
  done
  mkdir dev/shm dev/pts tmp/before
  mount -t devpts devpts dev/pts -o newinstance,ptmxmode=0666
  ln -s pts/ptmx dev/ptmx
  git clone -q "$source" srv/peacesite
  rm -rf etc/systemd/system/*.wants
  ln -sf /lib/systemd/system/multi-user.target etc/systemd/system/default.target
  pivot_root . tmp/before
  exec chroot . env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
}

said() { printf '%-60s %s\n' "$1" "$2"; }

as_peacesite() { # a command of ours, with the environment of the units
  runuser -u peacesite -- sh -c 'set -a; . /etc/peacesite.env; cd /srv/peacesite; exec "$@"' sh "$@"
}

answers() { curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:8000$1" || true; }

until_answers() {
  for _ in $(seq 150); do [ "$(answers "$1")" = 200 ] && return; sleep 0.2; done
  echo "$1 never answered"; systemctl --no-pager status peacesite-site; exit 1
}

inside() { # beside that systemd: installs, and tries
  ip link set lo up 2>/dev/null || true
  useradd --system --home-dir /var/lib/peacesite --shell /usr/sbin/nologin peacesite
  cd /srv/peacesite
  /usr/bin/python3 -m venv .venv
  .venv/bin/pip install -q --require-hashes -r requirements.lock
  install -d -o peacesite -m 700 /var/lib/peacesite /var/backups/peacesite
  install -d -o peacesite -m 755 /srv/mirror
  cat >/etc/peacesite.env <<ENV
MODE=production
SECRET_KEY=$(head -c 48 /dev/urandom | base64 | tr -d '/+=')
ALLOWED_HOSTS=127.0.0.1
SITE_URL=http://127.0.0.1:8000
HTTPS=0
TRUSTED_PROXIES=0
EMAIL_HOST=127.0.0.1
DEFAULT_FROM_EMAIL=site@example.org
ERASE_SENDERS_AFTER_DAYS=30
DATABASE_URL=sqlite:////var/lib/peacesite/peacesite.sqlite3
SIGNING_KEY_FILE=/var/lib/peacesite/signing.key
ENV
  chown peacesite /etc/peacesite.env
  chmod 600 /etc/peacesite.env
  .venv/bin/python -m compileall -q . >/dev/null || true
  install -d -o peacesite staticfiles
  for command in migrate "make_signing_key --unless-there" load_vocabularies "collectstatic --noinput"; do
    as_peacesite .venv/bin/python manage.py $command >/dev/null 2>&1
  done
  cp -r deploy/systemd/. /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable -q --now peacesite-site peacesite-worker peacesite-backup.timer peacesite-verify.timer
  until_answers /readyz
  said "the site answers" "/ $(answers /) /cases/ $(answers /cases/) /readyz $(answers /readyz)"
  said "the worker" "$(systemctl is-active peacesite-worker)"

  for service in /etc/systemd/system/peacesite-*.service; do
    name=$(basename "$service" .service)
    grep -q Type=oneshot "$service" || continue
    systemctl start "$name" || { journalctl --no-pager -u "$name" | tail -20; exit 1; }
    said "$name" "$(systemctl show -p Result --value "$name")"
  done
  said "backups made" "$(ls /var/backups/peacesite | wc -l)"
  said "files of the mirror" "$(find /srv/mirror -type f | wc -l)"
  for timer in deploy/systemd/*.timer; do systemctl start "$(basename "$timer")"; done
  said "timers that wait" "$(systemctl list-timers --no-legend 'peacesite-*' | wc -l) of $(ls deploy/systemd/*.timer | wc -l)"

  pid=$(systemctl show -p MainPID --value peacesite-site)
  kill -9 "$pid"
  sleep 3
  until_answers /
  said "killed, it comes back as another process" "$([ "$(systemctl show -p MainPID --value peacesite-site)" != "$pid" ] && echo yes || echo NO)"
  began=$(date +%s)
  systemctl stop peacesite-site peacesite-worker
  said "both stop within" "$(($(date +%s) - began)) s: $(systemctl show -p Result --value peacesite-site), $(systemctl show -p Result --value peacesite-worker)"

  # What a process of the units may not do, tried as one of them.
  mkdir -p /etc/systemd/system/peacesite-trial.service.d
  printf '[Service]\nType=oneshot\nExecStart=/bin/sh /tried/trial\n' >/etc/systemd/system/peacesite-trial.service
  mkdir /tried
  cat >/tried/trial <<'TRIAL'
refused() { if sh -c "$2" 2>/dev/null; then echo "NOT REFUSED: $1"; else echo "refused: $1"; fi; }
refused "to write to the code" "echo x > /srv/peacesite/manage.py"
refused "to write to /etc" "echo x > /etc/x"
refused "to write to /usr" "echo x > /usr/x"
refused "to write to backups" "echo x > /var/backups/peacesite/x"
refused "to read a home" "ls /root/. && ls /home/."
refused "to see other people's processes" "test -d /proc/1/fd"
refused "to become root" "setpriv --reuid 0 true"
refused "to mount" "mount -t tmpfs tmpfs /var/lib/peacesite"
refused "a new namespace" "unshare --user true"
refused "a raw socket" "/usr/bin/python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)'"
echo x > /var/lib/peacesite/x && echo "allowed: to write to /var/lib/peacesite"
TRIAL
  systemctl daemon-reload
  systemctl start peacesite-trial
  journalctl --no-pager -o cat -u peacesite-trial | grep -E '^(NOT )?(REFUSED|refused|allowed)' || true
  systemd-analyze --no-pager security peacesite-site | tail -1
}

case "${1:-}" in
  boot) boot ;;
  inside) inside ;;
  *)
    [ "$(id -u)" = 0 ] || { echo "make try-units needs root"; exit 1; }
    mkdir -p "$work"
    unshare --fork --pid --mount --uts --ipc --cgroup --kill-child \
      sh "$0" boot </dev/null >/dev/null 2>&1 &
    outer=$!
    trap 'kill -9 $outer 2>/dev/null || true' EXIT
    for _ in $(seq 60); do
      sleep 0.5
      init=$(pgrep -P $outer | head -n 1) || continue
      state=$(nsenter -t "$init" -a systemctl is-system-running 2>/dev/null || true)
      case "$state" in running | degraded) break ;; esac
    done
    said "systemd" "${state:-not started}"
    nsenter -t "$init" -a sh "$source/deploy/try_units.sh" inside
    ;;
esac
