# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too
# The service around the program: user, folders, settings, units.

units=(mcce.service mcce-failure@.service mcce-backup.service mcce-backup.timer)
origin_units=(mcce-mcce.service mcce-digest.timer mcce-digest.service mcce-drop.timer mcce-drop.service)

# Asks whether the Python origin may be stopped: it opens the port without a lock, and would take half of the meter's bytes.
ask_for_origin() {
  local unit
  found_origin=() active_origin=() enabled_origin=()
  for unit in "${origin_units[@]}"; do
    if systemctl is-active --quiet "$unit"; then active_origin+=("$unit"); fi
    # A service that only a timer starts is "static", whether that timer runs or not.
    if [[ $(systemctl is-enabled "$unit" 2>/dev/null) == enabled* ]]; then enabled_origin+=("$unit"); fi
    if [[ " ${active_origin[*]} ${enabled_origin[*]} " == *" $unit "* ]]; then found_origin+=("$unit"); fi
  done
  if [[ ${#found_origin[@]} -eq 0 ]]; then return; fi
  agrees "The Python MCCE runs here (${found_origin[*]}) and would share the meter's port. Stop and disable it?" ||
    fail "Nothing was changed: the two cannot run side by side."
}

stop_origin() {
  if [[ ${#found_origin[@]} -eq 0 ]]; then return; fi
  systemctl stop "${found_origin[@]}"
  systemctl disable --quiet "${found_origin[@]}" 2>/dev/null || true
  echo "The Python MCCE is stopped; its files are untouched. \"mcce import PATH\" takes its readings over."
}

# After a first installation whose service does not start: a house that was measured goes on being measured.
bring_origin_back() {
  if [[ ${#found_origin[@]} -eq 0 ]]; then return; fi
  systemctl disable --now --quiet mcce.service mcce-backup.timer || true
  if [[ ${#enabled_origin[@]} -gt 0 ]]; then systemctl enable --quiet "${enabled_origin[@]}" || true; fi
  if [[ ${#active_origin[@]} -eq 0 ]]; then return; fi
  if systemctl start "${active_origin[@]}"; then
    echo "The Python MCCE runs again, as before." >&2
  else
    echo "The Python MCCE does not start again: systemctl status ${active_origin[*]}" >&2
  fi
}

make_user() {
  local group
  for group in dialout gpio; do
    if ! getent group "$group" >/dev/null; then
      groupadd --system "$group"
      note_made group "$group"
    fi
  done
  if ! getent passwd mcce >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/mcce --no-create-home --shell /usr/sbin/nologin mcce
    note_made user mcce
  fi
  for group in dialout gpio; do
    if [[ " $(id -nG mcce) " != *" $group "* ]]; then
      usermod --append --groups "$group" mcce
      note_made member "$group"
    fi
  done
}

make_folders() {
  make_folder /etc/mcce 755 root
  make_folder /var/lib/mcce 750 mcce
  make_folder /var/cache/mcce 750 mcce
  if [[ -z $root && $(stat -c %U /var/lib/mcce) != mcce ]]; then chown -R mcce: /var/lib/mcce; fi
}

# The settings, with an access token of its own; those of an earlier installation stay as they are.
write_settings() {
  local file=$root/etc/mcce/mcce.env token
  if [[ -e $file ]]; then return; fi
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  install -m 600 /dev/null "$file.new"
  sed "s/^ACCESS_TOKEN=\$/ACCESS_TOKEN=$token/" "$lib/current/deploy/mcce.env" >"$file.new"
  mv "$file.new" "$file"
}

# Units, rules and the command `mcce`, as the program has them that `current` names.
install_units() {
  local from=$lib/current/deploy
  install -D -m 644 -t "$root/etc/systemd/system" "${units[@]/#/$from/}"
  install -D -m 644 -t "$root/etc/udev/rules.d" "$from/70-mcce.rules"
  install -d "$root/usr/local/bin"
  ln -sfn ../lib/mcce/current/deploy/mcce "$root/usr/local/bin/mcce"
  on_machine systemctl daemon-reload
  # A container has no udev.
  on_machine udevadm control --reload 2>/dev/null || true
  on_machine udevadm trigger --action=add --subsystem-match={tty,gpio,pwm} 2>/dev/null || true
}

start_service() {
  systemctl enable --quiet mcce.service mcce-backup.timer
  systemctl start mcce-backup.timer
  systemctl restart mcce.service
}

# Where the page is, with the token behind a # that no server and no proxy gets to see.
tell_address() (
  read_env "$root/etc/mcce/mcce.env"
  local scheme=http address login=''
  if [[ -n ${TLS_CERT:-} ]]; then scheme=https; fi
  if [[ -n ${ACCESS_TOKEN:-} ]]; then login=login#token=$ACCESS_TOKEN; fi
  address=${HOST:-127.0.0.1}
  if [[ $address == 0.0.0.0 || $address == :: ]]; then address=$(hostname -I 2>/dev/null | cut -d' ' -f1); fi
  if [[ $address == *:* ]]; then address="[$address]"; fi
  echo "The page is at $scheme://${address:-$(hostname)}:${PORT:-8000}/$login"
  echo "Settings: $root/etc/mcce/mcce.env. Tasks: mcce doctor. Log: journalctl -u mcce"
)
