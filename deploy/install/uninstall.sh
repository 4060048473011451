# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too

was_made() { grep -qsx "$1 $2" "$made_list"; }

# Takes away what was installed. Readings and settings stay, and so do users and folders that were there before.
uninstall() {
  if [[ ! -d $lib ]]; then fail "MCCE is not installed: there is no $lib."; fi
  agrees "Remove MCCE? Readings and settings stay." || fail "Nothing was changed."
  on_machine systemctl disable --now --quiet mcce.service mcce-backup.timer || true
  on_machine systemctl stop mcce-backup.service || true
  rm -f "${units[@]/#/$root/etc/systemd/system/}" "$root/etc/udev/rules.d/70-mcce.rules" "$root/usr/local/bin/mcce"
  on_machine systemctl daemon-reload
  on_machine remove_user
  if was_made folder /var/cache/mcce; then rm -rf "$root/var/cache/mcce"; fi
  local emptied=$lib/a
  if was_made folder /usr/local/lib/mcce; then emptied=$lib; fi
  rm -rf "$lib/a" "$lib/b" "$lib/current" "$made_list"
  rmdir --ignore-fail-on-non-empty "$emptied" 2>/dev/null || true
  echo "MCCE is removed. The readings stay in $root/var/lib/mcce and the settings in $root/etc/mcce."
}

remove_user() {
  local group
  if was_made user mcce; then
    # Its own sentence names the process. An earlier run may have got past this.
    if getent passwd mcce >/dev/null && ! userdel mcce; then
      fail "The user mcce still runs a program, such as an import (pgrep -u mcce -a shows it): let it end, or end it" \
        "with \"pkill -u mcce\", and run this again. The service is stopped; the program is still in $lib."
    fi
    # Its number may be given to somebody else one day.
    chown -R root: /var/lib/mcce
  else
    for group in dialout gpio; do
      if was_made member "$group"; then gpasswd --delete mcce "$group" >/dev/null; fi
    done
  fi
  for group in dialout gpio; do
    if was_made group "$group"; then groupdel "$group" || true; fi
  done
}
