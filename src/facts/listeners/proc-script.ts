/**
 * Prints `order N` (1 little-endian, 256 big-endian), `file NAME` for each file read, `socket PROTOCOL LOCAL UID INODE` for each
 * listener (state 0A, for UDP 07, without a peer), and, with an argument, `process INODE PID NAME` for who holds one of them.
 * What is not a listener never leaves the host. POSIX tools only, as BusyBox has them; no process is started for a socket.
 */
export const procScript = String.raw`
{
  printf '\1\0' | od -d
  grep -HE 'local_address| 0+:0000 (0A|07) ' /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
  if [ $# -gt 0 ]; then ls -ln /proc/[0-9]*/fd; fi
} 2>/dev/null | awk '
  /^0000000 / { print "order", $2 + 0; next }
  /^\/proc\/net\/[a-z0-9]+:/ {
    file = $0; sub(/^\/proc\/net\//, "", file); sub(/:.*/, "", file)
    row = $0; sub(/^[^:]*: */, "", row)
    if (row ~ /^sl /) { print "file", file; next }
    sub(/^[0-9]+: */, "", row)
    split(row, f, " ")
    if (f[3] == (file ~ /^tcp/ ? "0A" : "07") && f[2] ~ /^0+:0000$/) {
      print "socket", file, f[1], f[7], f[9]
      if (f[9] != "0") wanted[f[9]] = 1
    }
    next
  }
  /^\/proc\/[0-9]+\/fd:$/ { split($0, path, "/"); pid = path[3]; next }
  / -> socket:\[[0-9]+\]$/ {
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
