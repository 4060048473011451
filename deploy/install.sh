#!/bin/bash
# Installs MCCE on Raspberry Pi OS (64-bit) or Debian as a service, or upgrades it:
#   sudo deploy/install.sh [--yes]
#   sudo deploy/install.sh --uninstall [--yes]
# --yes answers every question. DESTDIR=FOLDER installs below that folder, without a user, systemd or root.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sources=$(dirname "$here")
# shellcheck source=deploy/install/machine.sh
source "$here/install/machine.sh"
# shellcheck source=deploy/install/deno.sh
source "$here/install/deno.sh"
# shellcheck source=deploy/install/program.sh
source "$here/install/program.sh"
# shellcheck source=deploy/install/service.sh
source "$here/install/service.sh"
# shellcheck source=deploy/install/put_in_place.sh
source "$here/install/put_in_place.sh"
# shellcheck source=deploy/install/uninstall.sh
source "$here/install/uninstall.sh"
# shellcheck source=deploy/command_line.sh
source "$here/command_line.sh"
# shellcheck source=deploy/read_env.sh
source "$here/read_env.sh"

assume_yes=no
action=install
for word in "$@"; do
  case $word in
  --yes) assume_yes=yes ;;
  --uninstall) action=uninstall ;;
  *) fail "$word is not understood: install.sh takes --yes and --uninstall." ;;
  esac
done

umask 022
require_machine
if [[ $action == uninstall ]]; then
  uninstall
  exit
fi

# Not /tmp, which is memory on some systems: 200 MB may be needed.
work=$(mktemp -d "${TMPDIR:-/var/tmp}/mcce-install.XXXXXX")
trap leave EXIT
export DENO_DIR=${DENO_DIR:-$work/deno_dir} DENO_NO_UPDATE_CHECK=1
on_machine ask_for_origin
make_folder /usr/local/lib/mcce 755 root
previous=$(readlink "$lib/current" || true)
stage_program
on_machine make_user
make_folders
put_in_place
if [[ -n $previous ]]; then rm -rf "${lib:?}/$previous"; fi
tell_address
