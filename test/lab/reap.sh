#!/bin/sh
# usage: reap.sh ID DIRECTORY
# Removes everything a lab has left on this machine, once its standard input ends: processes in its namespaces, the
# namespaces, their /etc/netns entries, its directory. The lab's owner holds the other end of that input, so that its
# end is seen whatever killed the owner. The word "stop" says that nothing of the lab is still being made.
id=$1
directory=$2
trap '' HUP INT TERM
orderly=$(cat)

processes() {
  inodes=" $(stat -L -c %i "/run/netns/$id"-* 2>/dev/null | tr '\n' ' ') "
  stat -L -c '%i %n' /proc/[0-9]*/ns/net 2>/dev/null | while read -r inode path; do
    case $inodes in *" $inode "*) path=${path#/proc/} && echo "${path%%/*}" ;; esac
  done
}

reap() {
  # More than once: a process may fork while it is being listed.
  while found=$(processes) && [ -n "$found" ]; do
    kill -9 $found 2>/dev/null
  done
  for namespace in "/run/netns/$id"-*; do
    [ -e "$namespace" ] && echo "netns delete ${namespace##*/}"
  done | ip -force -batch - 2>/dev/null
  rm -rf "/etc/netns/$id"-* "$directory"
}

reap
[ "$orderly" = stop ] && exit
# The owner was killed. What it had just started may still be making namespaces.
for round in 1 2 3; do
  sleep 0.5
  reap
done
