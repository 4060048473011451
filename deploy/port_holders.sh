# shellcheck shell=bash

# Prints the numbers of the processes that have the file $1 open, with commas in between. Of all users only root sees that.
port_holders() {
  local link pid holders=''
  for link in /proc/[0-9]*/fd/*; do
    if [[ $link -ef $1 ]]; then
      pid=${link#/proc/} pid=${pid%%/*}
      [[ ,$holders, == *",$pid,"* ]] || holders+=${holders:+,}$pid
    fi
  done
  printf '%s' "$holders"
}
