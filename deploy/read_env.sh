# shellcheck shell=bash

# Prints a value's text as systemd reads it: its quotes and backslashes are taken away (systemd.exec(5), EnvironmentFile=).
unquote() {
  local text=$1 out='' part='' char i
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    if [[ $part == "'" || $part == '"' ]] && [[ $char == "$part" ]]; then
      part=''
    elif [[ $part != "'" && $char == \\ && $((i + 1)) -lt ${#text} ]]; then
      i=$((i + 1)) char=${text:i:1}
      # In double quotes a backslash stands for itself but before a sign that is special there.
      [[ $part != '"' || $char == [\"\\\`\$] ]] || out+=\\
      out+=$char part=${part:-plain}
    elif [[ -z $part && $char == [\'\"] ]]; then
      part=$char
    elif [[ -n $part || $char != [[:space:]] ]]; then
      out+=$char part=${part:-plain}
    fi
  done
  printf '%s' "$out"
}

# Exports the variables of the file $1 as the unit's EnvironmentFile= does, a line each. Nothing in it is run or expanded.
read_env() {
  local line next name
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*([A-Z][A-Z0-9_]*)[[:space:]]*=(.*)$ ]] || continue
    name=${BASH_REMATCH[1]} line=${BASH_REMATCH[2]}
    while [[ $line =~ (^|[^\\])(\\\\)*\\$ ]] && IFS= read -r next; do line=${line%\\}$next; done
    # An escaped space at the end stays.
    [[ $line =~ \\[[:space:]]*$ ]] || line=${line%"${line##*[![:space:]]}"}
    export "$name=$(unquote "$line")"
  done <"$1"
}
