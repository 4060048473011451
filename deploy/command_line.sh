# shellcheck shell=bash disable=SC2034 # the array is for whoever sources this

# Sets the array `command_line` to what runs a task with the program below $1, with the flags of its `deno task`, as the
# service's user unless that is a throw-away folder.
set_command_line() {
  local root=$1 task=$2 flags=()
  local program=$root/usr/local/lib/mcce/current
  read -ra flags < <(task_flags "$program/deno.json" "$task" || task_flags "$program/deno.json" digest)
  # As the task start says itself: V8's code cache takes 5 MB of memory and no time off a start.
  if [[ $task != start ]]; then flags+=(--no-code-cache); fi
  command_line=()
  if [[ -z $root ]]; then
    command_line+=(setpriv --reuid=mcce "--regid=$(id -g mcce)" --init-groups --)
  fi
  command_line+=("$program/deno" run --no-prompt --cached-only --no-lock "${flags[@]}" "$program/.build/main.js" "$task")
}

# Prints the flags with which the deno.json $1 runs the task $2; fails when it has no such task.
task_flags() {
  sed -nE "s/.*\"deno run (-.*) \S*main\.[jt]s $2\".*/\1/p" "$1" | grep .
}
