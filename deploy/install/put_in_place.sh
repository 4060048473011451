# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too
# A new program takes the place of the one before it when it has shown that it runs; else that one comes back.

# What is in place before it has shown that: nothing, the program, or its units and its service too.
unproven=nothing

# Puts the staged program in place and starts it; fails with a sentence when it does not start.
put_in_place() {
  unproven=program
  switch_program "$slot"
  try_program || fail "The new program does not start on this machine, as said above."
  write_settings
  unproven=service
  install_units
  on_machine stop_origin
  on_machine start_service ||
    fail "The service does not start; the reason: journalctl -u mcce -n 50. When that is cured, run this again."
  unproven=nothing
}

# The way out, also after Ctrl-C, which is not to come in between.
leave() {
  trap '' INT TERM HUP
  local pid
  for pid in $(jobs -p); do kill "$pid" && wait "$pid"; done 2>/dev/null || true
  go_back || true
  rm -rf "$work"
}

# Takes back what has not shown that it runs, and says what runs instead.
go_back() {
  local what=$unproven
  unproven=nothing
  case $what/$previous in
  nothing/*) ;;
  service/) on_machine bring_origin_back ;;
  program/) rm -f "$lib/current" ;;
  program/*)
    switch_program "$previous"
    echo "The program before it stays in place." >&2
    ;;
  *)
    switch_program "$previous"
    install_units
    if on_machine start_service; then
      echo "The program before it is back in its place, and runs." >&2
    else
      echo "The program before it is back in its place, but does not start either: is it the settings?" >&2
    fi
    ;;
  esac
}
