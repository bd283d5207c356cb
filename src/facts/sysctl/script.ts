/**
 * Reads files below /proc/sys, of which the arguments are paths; `*` in one is expanded by the shell.
 *
 *     @ 0                      the first path
 *     / net/ipv4/ip_forward    a file, then its lines, each behind a space
 *     ! denied                 in place of the lines
 *     ? net/ipv4               no such file: the deepest folder that exists
 *     - ip_forward             what is in it
 *
 * sed and not the shell's own `read`: that takes one byte at a time, and the kernel gives a number's first byte alone to such a reader
 * (`do_proc_dointvec` in kernel/sysctl.c).
 */
export const script = `cd /proc/sys || exit 1
IFS=
index=0
for wanted do
  echo "@ $index"
  index=$((index + 1))
  found=
  for path in $wanted; do
    [ -f "$path" ] || continue
    found=yes
    echo "/ $path"
    if sed 's/^/ /' "$path" 2>/dev/null; then :; elif [ -r "$path" ] || [ "$(id -u)" = 0 ]; then echo '! unreadable'; else echo '! denied'; fi
  done
  [ -z "$found" ] || continue
  folder=$wanted
  while :; do
    for match in $folder; do break; done
    [ -d "$match" ] && break
    case $folder in */*) folder=\${folder%/*} ;; *) match=. folder=; break ;; esac
  done
  echo "? $folder"
  for name in "$match"/*; do echo "- \${name##*/}"; done
done`
