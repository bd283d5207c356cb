import { expansion } from './expansion.js'

/** What is looked at of scripts that run beside the configuration. */
export const hookLimits = { files: 100, kibibytes: 128, linesPerFile: 5, callsPerFile: 20 } as const

/**
 * The commands of one script that set or remove routes, rules or addresses, wherever in a line they stand: `ip route add` and its
 * abbreviations (ip(8)), `route add`, `ifconfig IF ADDRESS`, `$IP -6 rule del`, lists of words as Python and Perl execute them.
 * Link-local networks are left out: avahi-autoipd sets one wherever it is installed. Prints the files that a script names, too.
 */
const awkProgram = String.raw`
  function tell(topic, part) {
    part = substr(part, RSTART, 200)
    gsub(/[ \t]+/, " ", part)
    sub(/^[^A-Za-z$]+/, "", part)
    sub(/ $/, "", part)
    if (told++ < ${hookLimits.linesPerFile}) print "hook " topic " " at " " file "\n|" part
  }
  function judge(part) {
    if (part ~ /169\.254\.0\.0/) return
    if (match(part, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-(f|family|n|netns)[ \t]+[^ \t]+[ \t]+|-[^ \t]+[ \t]+)*a(d|dd|ddr|ddre|ddres|ddress)?[ \t]+(a|ad|add|rep[a-z]*|ch[a-z]*|d|de|del[a-z]*|f[a-z]*|[$][A-Za-z0-9_{]*)([^A-Za-z0-9_-]|$)/)) tell("addresses", part)
    else if (match(part, /[$][{]?[A-Za-z_]+[}]?[ \t]+(-(f|family|n|netns)[ \t]+[^ \t]+[ \t]+|-[^ \t]+[ \t]+)*a(ddr|ddress)?[ \t]+(a|add|rep[a-z]*|ch[a-z]*|del[a-z]*|f[a-z]*)([^A-Za-z0-9_-]|$)/)) tell("addresses", part)
    else if (match(part, /(^|[^A-Za-z0-9_-])(addr|address)[ \t]+(add|append|replace|change|del|delete|flush)([^A-Za-z0-9_-]|$)/)) tell("addresses", part)
    else if (match(part, /(^|[^A-Za-z0-9_.-])ifconfig[ \t]+[^ \t]+[ \t]+(inet6?[ \t]+)?(add[ \t]+[0-9a-fA-F:$]|[0-9$])/)) tell("addresses", part)
    else if (match(part, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-(f|family|n|netns)[ \t]+[^ \t]+[ \t]+|-[^ \t]+[ \t]+)*r(o|ou|out|oute|u|ul|ule)?[ \t]+([acdr]|ad|add|ap[a-z]*|re|rep[a-z]*|ch[a-z]*|pre[a-z]*|de|del[a-z]*|f[a-z]*|rest[a-z]*|[$][A-Za-z0-9_{]*)([^A-Za-z0-9_-]|$)/)) tell("routes", part)
    else if (match(part, /[$][{]?[A-Za-z_]+[}]?[ \t]+(-(f|family|n|netns)[ \t]+[^ \t]+[ \t]+|-[^ \t]+[ \t]+)*r(o|oute|u|ule)?[ \t]+([acdr]|add|ap[a-z]*|rep[a-z]*|ch[a-z]*|pre[a-z]*|del[a-z]*|f[a-z]*)([^A-Za-z0-9_-]|$)/)) tell("routes", part)
    else if (match(part, /(^|[^A-Za-z0-9_-])(route|rule)[ \t]+(-[^ \t]+[ \t]+(inet6?[ \t]+)?)*(add|append|replace|change|prepend|del|delete|flush|restore)([^A-Za-z0-9_-]|$)/)) tell("routes", part)
    else if (match(part, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-[^ \t]+[ \t]+)*(-(b|ba|bat|batc|batch)|[$][A-Za-z0-9_{]+[}]?[ \t]+(add|del|replace|append|change|flush))([ \t]|$)/)) tell("routes", part)
    else if (match(part, /(^|[^A-Za-z0-9_.-])nmcli[ \t]+(-[^ \t]+[ \t]+)*d(e|ev|evi|evic|evice)?[ \t]+mod/)) tell("routes", part)
  }
  { size += length($0) + 1 }
  size > ${hookLimits.kibibytes * 1024} { if (depth == 0) print "hook large 0 " file "\n|"; exit }
  NR == 1 && substr($0, 2, 3) == "ELF" { if (depth == 0) print "hook program 0 " file "\n|"; exit }
  { sub(/\r$/, "") }
  # A comment has no next line.
  /\\$/ && (held != "" || !/^[ \t]*#/) { if (held == "") from = NR; held = held substr($0, 1, length($0) - 1) " "; next }
  {
    text = held $0
    at = held == "" ? NR : from
    held = ""
  }
  text ~ /^[ \t]*[#;]/ || text ~ /^Exec(Stop|Reload|Condition)/ { next }
  {
    gsub(/[]["\047,()]/, " ", text)
    count = depth > 0 ? 0 : split(text, words, /[ \t;&|=<>\140]+/)
    for (i = 1; i <= count && calls < ${hookLimits.callsPerFile}; i++) {
      sub(/^[-+!@:]+/, "", words[i])
      if (words[i] !~ /^\/[A-Za-z0-9_.\/+-]+$/ || words[i] ~ /^\/(bin|sbin|lib|lib64|proc|sys|dev|usr\/(bin|sbin|lib|lib64|share))\//) continue
      # What these say is read as what it is.
      if (words[i] ~ /^\/etc\/(network\/interfaces|netplan|sysconfig\/(network|static-routes)|NetworkManager\/system-connections|systemd\/network)/) continue
      calls++
      print words[i]
    }
    if (text ~ /^[ \t]*(echo|printf|logger)[ \t]/ && text !~ /[;&|$\140]/) next
    count = split(text, parts, /[;&|\140]+/)
    for (i = 1; i <= count; i++) judge(parts[i])
  }`

/**
 * Prints what scripts that run at boot beside the configuration do to routes and addresses; needs `$nl`, and expands pathnames:
 *
 *     hook routes|addresses LINE PATH   such a line; its words follow, behind a `|`
 *     hook program|large|unreadable 0 PATH   what it does cannot be seen; an empty `|` follows
 *
 * Looked at are the scripts of ifupdown (interfaces(5)), NetworkManager-dispatcher(8), networkd-dispatcher, initscripts (ifup-local),
 * systemd-rc-local-generator(8), OpenRC's local.d, services of System V init and OpenRC, and units of systemd that were written here and
 * are enabled; and the files that these name, but for those of the system. Nothing but these lines leaves the host. Who is not root
 * cannot see whether root may execute a file, and takes it that root may.
 */
export const hookScript = String.raw`
hooked=$nl
hooks=0
user=$(id -u)
admit() {
  case $1 in *"$nl"* | *'~' | *.bak | *.orig | *.rpmsave | *.rpmorig | *.rpmnew | *.swp | *.dpkg-*) return 1 ;; esac
  [ -f "$1" ] || return 1
  case $hooked in *"$nl$1$nl"*) return 1 ;; esac
  hooked=$hooked$1$nl
  hooks=$((hooks + 1))
  [ "$hooks" -le ${hookLimits.files} ] && return
  [ "$hooks" -gt ${hookLimits.files + 1} ] || echo 'limit ${hookLimits.files} scripts'
  return 1
}
scan() {
  if [ ! -r "$1" ]; then
    [ "$2" != 0 ] || printf 'hook unreadable 0 %s\n|\n' "$1"
    return
  fi
  dd if="$1" bs=1024 count=${hookLimits.kibibytes + 1} 2>/dev/null | awk -v file="$1" -v depth="$2" '${awkProgram}'
}
runs() { [ -x "$1" ] || [ "$user" != 0 ]; }
follow() {
  script=$1
  [ ! -L "$script" ] || script=$(readlink -f "$script") || return
  admit "$script" || return
  told=$(scan "$script" 0)
  set -f
  IFS=$nl
  for line in $told; do
    case $line in
      /*) if admit "$line"; then scan "$line" 1; fi ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  set +f
  unset IFS
}
for folder in /etc/network/if-pre-up.d /etc/network/if-up.d /etc/networkd-dispatcher/*.d /usr/lib/networkd-dispatcher/*.d \
  /etc/NetworkManager/dispatcher.d /etc/NetworkManager/dispatcher.d/[np]*-*.d /usr/lib/NetworkManager/dispatcher.d \
  /usr/lib/NetworkManager/dispatcher.d/[np]*-*.d /etc/local.d /etc/systemd/system /etc/systemd/system/*.wants; do
  if [ -d "$folder" ] && ! { [ -r "$folder" ] && [ -x "$folder" ]; }; then printf 'hook unreadable 0 %s\n|\n' "$folder"; continue; fi
  # What this one sets stands in rule and route files, which are read.
  case $folder in *-down.d | */systemd/*) continue ;; esac
  for path in "$folder"/*; do
    case $path in */10-ifcfg-rh-routes.sh) continue ;; esac
    case $folder in */local.d) case $path in *.start) ;; *) continue ;; esac ;; esac
    runs "$path" && follow "$path"
  done
done
for path in /sbin/ifup-local /sbin/ifup-pre-local /etc/rc.d/rc.local /etc/rc.local; do runs "$path" && follow "$path"; done
if [ ! -d /run/systemd/system ]; then
  for path in /etc/rc[2-5S].d/S* /etc/rc.d/rc[2-5].d/S* /etc/runlevels/*/*; do
    # These bring up what the configuration says.
    case $path in *[/0-9]network | *[/0-9]networking | *NetworkManager | */net.*) continue ;; esac
    runs "$path" && follow "$path"
  done
fi
for path in /etc/systemd/system/*.service.d/*.conf; do follow "$path"; done
for link in /etc/systemd/system/*.wants/* /etc/systemd/system/*.requires/* /etc/systemd/system/*.upholds/*; do
  case $link in
    *.timer) path=/etc/systemd/system/$(basename "${expansion('link%.timer')}").service ;;
    *.service) path=$link ;;
    *) continue ;;
  esac
  # A unit of the distribution's own: it says nothing of this host.
  for vendor in /usr/lib/systemd/system /lib/systemd/system; do
    if [ "$path" -ef "$vendor/${expansion('link##*/')}" ]; then continue 2; fi
  done
  follow "$path"
done
`
