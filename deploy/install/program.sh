# shellcheck shell=bash disable=SC2034,SC2154 # a step's variables are set and used by the others too
# The program's files. They lie in one of two folders, a and b; the link `current` names the one that runs.

# Sets `slot` to the one of the two that does not run, and puts the program there, ready to start without a network.
stage_program() {
  slot=a
  if [[ $(readlink "$lib/current") == a ]]; then slot=b; fi
  local folder=$lib/$slot
  rm -rf "$folder"
  install -d -m 755 "$folder/functions"
  place_deno "$folder/deno"
  echo "Building …"
  build_program "$folder/deno" ||
    fail "The program could not be built: check the network, through which its packages come, and run this again." \
      "What was installed before is untouched."
  cp -r "$work/build"/{.build,deno.json,deploy,README.md,LICENSE} "$folder/"
  cp -r "$work/build/functions/page" "$folder/functions/"
  chmod -R u=rwX,go=rX "$folder"
}

# Bundles service and page from a copy of the sources, with the packages whose digests are in deno.lock.
build_program() (
  mkdir "$work/build" &&
    cd "$sources" &&
    cp -r main.ts deno.json deno.lock functions lib deploy README.md LICENSE "$work/build/" &&
    cd "$work/build" &&
    rm -rf functions/page/dist &&
    "$1" install --quiet --frozen &&
    "$1" task --quiet bundle &&
    "$1" task --quiet bundle:service
)

# Makes slot $1 the one that runs.
switch_program() {
  ln -sfn "$1" "$lib/current.new"
  mv -T "$lib/current.new" "$lib/current"
}

# Starts the program once, with folders of its own and neither pins nor meter: does it run on this machine?
try_program() {
  local folder=$root/var/cache/mcce/try log=$work/try.log pid
  rm -rf "$folder"
  install -d "$folder"
  on_machine chown mcce: "$folder"
  set_command_line "$root" start
  (
    cd "$folder" || exit
    exec env -i "PATH=$PATH" "HOME=$folder" "DENO_DIR=$root/var/cache/mcce" DENO_NO_UPDATE_CHECK=1 \
      "JOURNAL_DIR=$folder/journal" "DATABASE_URL=$folder/years/mcce" SERIAL_PORT=/dev/null ALARM_GPIO=off PORT=0 \
      "${command_line[@]}"
  ) >"$log" 2>&1 &
  pid=$!
  for _ in {1..300}; do
    if grep -qs "the page is at" "$log"; then break; fi
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.2
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" || true
  rm -rf "$folder"
  grep -q "the page is at" "$log" || { cat "$log" >&2 && return 1; }
}
