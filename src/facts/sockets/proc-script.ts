/**
 * Prints `order N` (1 little-endian, 256 big-endian), `file NAME` for each file read, `socket NAME STATE LOCAL PEER INODE` for each
 * socket in one of the states of the first argument (` 01 06 `), `end`, and, with a second argument, `process INODE PID NAME` for
 * who holds one of them. What was not asked for never leaves the host. POSIX tools only, as BusyBox has them; no process is
 * started for a socket. Links of /proc/PID/fd come last, as a name of a file may hold anything.
 */
export const procScript = String.raw`
{
  printf '\1\0' | od -d
  for file in tcp tcp6 udp udp6; do
    if [ -r /proc/net/$file ]; then echo "file $file"; cat /proc/net/$file; fi
  done
  echo end
  if [ $# -gt 1 ]; then ls -ln /proc/[0-9]*/fd; fi
} 2>/dev/null | awk -v states="$1" '
  ended == 0 && /^0000000 / { print "order", $2 + 0; next }
  ended == 0 && /^file [a-z0-9]+$/ { file = $2; print; next }
  ended == 0 && /^ *[0-9]+: [0-9A-F]+:/ {
    if (index(states, " " $4 " ") == 0) next
    print "socket", file, $4, $2, $3, $10
    if ($10 != "0") wanted[$10] = 1
    next
  }
  /^end$/ { if (ended == 0) print; ended = 1; next }
  ended == 1 && /^\/proc\/[0-9]+\/fd:$/ { split($0, path, "/"); pid = path[3]; next }
  ended == 1 && / -> socket:\[[0-9]+\]$/ {
    inode = $NF; gsub(/[^0-9]/, "", inode)
    if (!(inode in wanted) || ((inode, pid) in told)) next
    told[inode, pid] = 1
    if (!(pid in name)) {
      comm = "/proc/" pid "/comm"; name[pid] = ""
      while ((getline part < comm) > 0) name[pid] = name[pid] " " part
      close(comm)
    }
    print "process", inode, pid name[pid]
  }
'`
