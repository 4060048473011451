# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too
# What the steps of the installer share. `root` is DESTDIR: where it is set, nothing but that folder is touched.

root=${DESTDIR:-}
lib=$root/usr/local/lib/mcce
# What this script has made on this machine, and so may remove: lines of "user mcce", "group gpio", "folder /etc/mcce".
made_list=$lib/made

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command that changes the machine beyond its files: never for a throw-away folder.
on_machine() {
  if [[ -z $root ]]; then "$@"; fi
}

# Notes that $1 $2 was made here. Only afterwards: what was there before must never be taken for it.
note_made() {
  if ! grep -qsx "$1 $2" "$made_list"; then echo "$1 $2" >>"$made_list"; fi
}

# Makes the folder $1, unless it is there, with the mode $2, owned by $3.
make_folder() {
  if [[ -d $root$1 ]]; then return; fi
  install -d -m "$2" "$root$1"
  on_machine chown "$3:" "$1"
  note_made folder "$1"
}

require_machine() {
  if [[ $(getconf LONG_BIT) != 64 ]]; then
    fail "This is a 32-bit system ($(uname -m)), for which there is no Deno, and so no MCCE." \
      "A Raspberry Pi 3, 4, 5 or Zero 2 can run the 64-bit Raspberry Pi OS. An older one can share its serial port:" \
      "install ser2net there, and set SERIAL_PORT=tcp://ITS-ADDRESS:PORT where MCCE runs."
  fi
  case $(uname -m) in
  x86_64) arch=x64 ;;
  aarch64) arch=arm64 ;;
  *) fail "MCCE runs on 64-bit x86 and ARM machines; this is $(uname -m)." ;;
  esac
  if [[ ! -e /lib/$(uname -m)-linux-gnu/libc.so.6 ]]; then
    fail "MCCE needs Raspberry Pi OS, Debian or a system made from it: there is no /lib/$(uname -m)-linux-gnu/libc.so.6."
  fi
  if [[ -n $root ]]; then return; fi
  if [[ $EUID -ne 0 ]]; then fail "Run this as root: sudo $0"; fi
  if [[ ! -d /run/systemd/system ]]; then fail "MCCE is installed as a service of systemd, which does not run here."; fi
}

# Asks a question of yes or no; with --yes there is none.
agrees() {
  if [[ $assume_yes == yes ]]; then return; fi
  if [[ ! -t 0 ]]; then fail "$1 Run this again with --yes to agree."; fi
  local answer
  read -rp "$1 [y/N] " answer
  [[ $answer == [yY]* ]]
}
