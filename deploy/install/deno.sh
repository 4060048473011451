# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too
# Where the Deno comes from that the service runs.

# The release that the README names and every test runs on.
deno_version=2.9.5

# Puts the Deno of that version at $1: that of the installed program, of this machine, or of npm.
place_deno() {
  local found
  if found=$(find_deno); then
    install -m 755 "$found" "$1"
  elif command -v npm >/dev/null; then
    fetch_deno "$1"
  else
    fail "Deno $deno_version is not on this machine, and neither is npm, which could fetch it:" \
      "run \"apt-get install npm\", or install that version as deno.com says, and run this again."
  fi
}

# Prints the path of the program of a fitting Deno; what lies on PATH may be a script before it.
find_deno() {
  local home='' candidate
  if [[ -n ${SUDO_USER:-} ]]; then home=$(getent passwd "$SUDO_USER" | cut -d: -f6); fi
  for candidate in "$lib/current/deno" "$(command -v deno || true)" "$home/.deno/bin/deno"; do
    if [[ -x $candidate && $("$candidate" --version 2>/dev/null) == "deno $deno_version "* ]]; then
      "$candidate" eval --no-config 'console.log(Deno.execPath())'
      return
    fi
  done
  return 1
}

# Fetches Deno from npm to $1; the archive must be the one that was looked at when this version was chosen.
fetch_deno() {
  local package=linux-$arch-glibc
  local archive=deno-$package-$deno_version.tgz
  echo "Fetching Deno $deno_version from npm …"
  (
    cd "$work" || exit
    npm pack --silent "@deno/$package@$deno_version" >/dev/null ||
      fail "npm cannot fetch Deno $deno_version: check the network and run this again."
    grep " $archive\$" "$here/install/deno.sha512" | sha512sum --check --status ||
      fail "What npm gave for Deno $deno_version is not what it should be (its SHA-512 differs): nothing was installed."
    tar -xzf "$archive" package/deno
  )
  install -m 755 "$work/package/deno" "$1"
}
