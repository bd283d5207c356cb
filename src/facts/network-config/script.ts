import { expansion } from './expansion.js'
import { hookScript } from './hooks-script.js'

/** What the script reads at most. */
export const limits = { files: 400, kibibytes: 128 } as const

/** What `source` may name to be followed: paths with wildcards, and nothing that wordexp(3) would make something else of. */
export const followed = /^[\w./*?@%+,:=[\]-]+$/

/**
 * Prints every file of the host's network configuration, and what starts its readers at boot:
 *
 *     file PATH        then each line of it behind a `|`, then `end`, or `cut` where it is larger than the limit
 *     unreadable PATH  a file or folder that exists, and who looked may not read it
 *     loose PATH       others than its owner may read or write it
 *     foreign PATH     its owner is not root
 *     limit WHAT       files were left out
 *     boot NAME PATH   PATH starts NAME at boot: a link of systemd, System V init or OpenRC
 *     mask NAME PATH   PATH keeps systemd from starting NAME
 *     has NAME PATH    a part of the system that decides who reads what, or that runs now
 *     hook …           a line of a script that runs beside the configuration: see `hookScript`
 *     done
 *
 * A link to /dev/null is an empty file, which masks others. A line of a file cannot pass for one of the script's, as it has its `|`. Names with line ends are left out and told as a limit.
 * `source` of interfaces(5) is followed with the shell's wildcards and nothing else: the words are compared with `followed` first, and
 * an unquoted variable then undergoes pathname expansion alone (POSIX XCU 2.6). What stands behind keys that are called like secrets
 * never leaves the host. Runs in dash, bash and BusyBox; writes nothing; reads regular files only, which end.
 */
export const configScript = String.raw`
set -f
export LC_ALL=C
count=0
nl='
'
seen=$nl
show() {
  case $1 in *"$nl"*) echo 'limit a name with a line end'; return 1 ;; esac
  if [ -L "$1" ] && [ "$1" -ef /dev/null ]; then printf 'file %s\nend\n' "$1"; return 1; fi
  [ -f "$1" ] || return 1
  case $seen in *"$nl$1$nl"*) return 1 ;; esac
  seen=$seen$1$nl
  count=$((count + 1))
  if [ "$count" -gt ${limits.files} ]; then
    [ "$count" -gt ${limits.files + 1} ] || echo 'limit ${limits.files} files'
    return 1
  fi
  if [ ! -r "$1" ]; then printf 'unreadable %s\n' "$1"; return 1; fi
  case $1 in /etc/NetworkManager/system-connections/*)
    set -- "$1" "$(ls -ldn "$1")"
    case $2 in -???------*) ;; *) printf 'loose %s\n' "$1" ;; esac
    [ "$(printf '%s\n' "$2" | awk '{ print $3 }')" = 0 ] || printf 'foreign %s\n' "$1" ;;
  esac
  printf 'file %s\n' "$1"
  dd if="$1" bs=1024 count=${limits.kibibytes + 1} 2>/dev/null | awk '
    { size += length($0) + 1; if (size > ${limits.kibibytes * 1024}) { cut = 1; exit } }
    further && (match($0, /[^ \t\r]/) == 0 || RSTART > further) { print "|"; next }
    {
      further = 0
      line = ""
      tail = $0
      if (tolower($0) ~ /^[ \t]*(wpa-[a-z-]*(psk|pass)[a-z]*|wireless-key[0-9]*)[ \t]/) tail = $1 " ***"
      # Word for word, as a line in braces may hold several.
      while (match(tolower(tail), /(pass(word|wd|phrase)|secret|psk|private-?key|preshared-?key|(^|[^a-z])(key|private|shared))[-_a-z0-9"]*[ \t]*[:=]/)) {
        word = substr(tolower(tail), RSTART, RLENGTH)
        line = line substr(tail, 1, RSTART + RLENGTH - 1)
        tail = substr(tail, RSTART + RLENGTH)
        if (word ~ /key[-_]?(mgmt|management|file)[ \t]*[:=]$/ || word ~ /(^|[^a-z])keys"?[ \t]*:$/ || tail !~ /[^ \t\r]/) continue
        if (line ~ /\{/) { sub(/^[ \t]*("[^"]*"|[^,}]*)/, " \"***\"", tail); continue }
        if (line ~ /=$/) { tail = "***"; break }
        # In YAML: a bare *** would be an alias, and what is indented further goes on with the secret.
        tail = " \"***\""
        match($0, /[^ -]/)
        further = RSTART
        break
      }
      $0 = line tail
      print "|" $0
    }
    END { print (cut ? "cut" : "end") }'
}
shut=$nl
folder() {
  if [ ! -d "$1" ] || { [ -r "$1" ] && [ -x "$1" ]; }; then return; fi
  case $shut in *"$nl$1$nl"*) return ;; esac
  shut=$shut$1$nl
  printf 'unreadable %s\n' "$1"
}
each() {
  set +f
  for path in ${expansion('1%/*')}; do folder "$path"; done
  set -- $1
  set -f
  # More than can be read make what is configured unknown, however many of them are read.
  if [ $((count + $#)) -gt ${limits.files} ]; then echo 'limit ${limits.files} files'; return; fi
  for path in "$@"; do show "$path"; done
}
IFS=
each /etc/os-release
[ -f /etc/os-release ] || each /usr/lib/os-release
each /etc/sysconfig/network; each /etc/sysconfig/static-routes
for kind in ifcfg route route6 rule rule6; do each "/etc/sysconfig/network-scripts/$kind-*"; done
for root in /lib /etc /run; do each "$root/netplan/*.yaml"; done
for root in /usr/lib /etc /run; do
  each "$root/NetworkManager/NetworkManager.conf"
  each "$root/NetworkManager/conf.d/*.conf"
  each "$root/NetworkManager/system-connections/*"
  for kind in network netdev link; do
    each "$root/systemd/network/*.$kind"
    each "$root/systemd/network/*.$kind.d/*.conf"
  done
done
set -- /etc/network/interfaces
while [ $# -gt 0 ]; do
  file=$1
  shift
  show "$file" || continue
  patterns=$(dd if="$file" bs=1024 count=${limits.kibibytes + 1} 2>/dev/null | awk '{ sub(/\r$/, "") }
    $1 == "source" { for (i = 2; i <= NF; i++) print $i }
    $1 == "source-directory" { for (i = 2; i <= NF; i++) print $i "/*" }')
  IFS=$nl
  for pattern in $patterns; do
    case $pattern in
      *[!]A-Za-z0-9_./*?@%+,:=[-]*) continue ;;
      /*) ;;
      *) pattern=$(dirname "$file")/$pattern ;;
    esac
    IFS=
    set +f
    for path in ${expansion('pattern%/*')}; do folder "$path"; done
    for path in $pattern; do
      if [ $# -lt ${limits.files} ]; then set -- "$@" "$path"; else echo 'limit ${limits.files} files'; break; fi
    done
    set -f
    IFS=$nl
  done
  IFS=
done
set +f
unset IFS
tell() {
  word=$1 name=$2
  shift 2
  for path in "$@"; do
    case $path in *"$nl"*) continue ;; esac
    if [ -e "$path" ] || [ -L "$path" ]; then printf '%s %s %s\n' "$word" "$name" "$path"; return; fi
  done
}
for name in NetworkManager systemd-networkd networking network; do
  tell boot "$name" /etc/systemd/system/*.wants/$name.service /run/systemd/system/*.wants/$name.service /usr/lib/systemd/system/*.wants/$name.service \
    /lib/systemd/system/*.wants/$name.service /etc/rc[2-5S].d/S[0-9][0-9]$name /etc/rc.d/rc[2-5].d/S[0-9][0-9]$name /etc/runlevels/*/$name
  for path in /etc/systemd/system/$name.service /run/systemd/system/$name.service; do
    [ -L "$path" ] && [ ! -s "$path" ] && printf 'mask %s %s\n' "$name" "$path"
  done
done
tell has systemd /run/systemd/system
tell has openrc /run/openrc /etc/runlevels
tell has sysvinit /etc/rc3.d /etc/rc.d/rc3.d
tell has ifcfg-rh /usr/lib*/NetworkManager/*/libnm-settings-plugin-ifcfg-rh.so /usr/lib/*/NetworkManager/*/libnm-settings-plugin-ifcfg-rh.so
tell has netplan-generator /usr/lib/systemd/system-generators/netplan /lib/systemd/system-generators/netplan
tell has running-NetworkManager /run/NetworkManager/NetworkManager.pid /run/NetworkManager/devices
tell has running-systemd-networkd /run/systemd/netif/links
tell has running-ifupdown /run/network/ifstate /run/ifstate /var/run/ifstate
${hookScript}
echo done
`
