/** What is looked at of scripts that run beside the configuration. */
export const hookLimits = { files: 100, kibibytes: 128, linesPerFile: 5, callsPerFile: 20 } as const

/**
 * The lines of one script that set or remove routes, rules or addresses, wherever in a line they do: `ip route add` and its
 * abbreviations (ip(8)), `route add`, `ifconfig IF ADDRESS`, `$IP -6 rule del`, lists of words as Python and Perl execute them.
 * Link-local networks are left out: avahi-autoipd sets one wherever it is installed.
 */
const awkProgram = String.raw`
  function tell(topic, words) {
    words = substr($0, RSTART, 200)
    sub(/^[^A-Za-z]/, "", words)
    sub(/[ \t]*([;|]|&&).*$/, "", words)
    if (told++ < ${hookLimits.linesPerFile}) print "hook " topic " " NR " " file "\n|" words
  }
  { size += length($0) + 1 }
  size > ${hookLimits.kibibytes * 1024} { print "hook large 0 " file "\n|"; exit }
  NR == 1 && !/^#!/ {
    if (depth > 0) exit
    if (substr($0, 2, 3) == "ELF") { print "hook program 0 " file "\n|"; exit }
  }
  /^[ \t]*[#;]/ || /^Exec(Stop|Reload|Condition)/ || /169\.254\.0\.0/ { next }
  {
    sub(/\r$/, "")
    text = $0
    gsub(/[]["\047,()]/, " ", text)
    count = depth > 0 ? 0 : split(text, words, /[ \t;&|]+/)
    for (i = 1; i <= count && calls < ${hookLimits.callsPerFile}; i++) {
      sub(/^ExecStart[A-Za-z]*=[-+!@:]*/, "", words[i])
      if (words[i] ~ /^\/(usr\/local|opt|root|home|srv|etc|var)\/[A-Za-z0-9_.\/+-]+$/) { calls++; print words[i] }
    }
    if (text ~ /^[ \t]*(echo|printf|logger)[ \t]/ && text !~ /[;&|$\140]/) next
    if (match(text, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-[^ \t]+[ \t]+)*a(d|dd|ddr|ddre|ddres|ddress)?[ \t]+(a|ad|add|rep[a-z]*|ch[a-z]*|d|de|del[a-z]*|f[a-z]*|[$][A-Za-z_{]+)([^A-Za-z0-9_-]|$)/)) tell("addresses")
    else if (match(text, /(^|[^A-Za-z0-9_-])(addr|address)[ \t]+(add|append|replace|change|del|delete|flush)([^A-Za-z0-9_-]|$)/)) tell("addresses")
    else if (match(text, /(^|[^A-Za-z0-9_.-])ifconfig[ \t]+[^ \t]+[ \t]+(inet6?[ \t]+)?(add[ \t]+)?[0-9$]/)) tell("addresses")
    if (match(text, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-[^ \t]+[ \t]+)*r(o|ou|out|oute|u|ul|ule)?[ \t]+([acd]|ad|add|ap[a-z]*|rep[a-z]*|ch[a-z]*|pre[a-z]*|de|del[a-z]*|f[a-z]*|rest[a-z]*|[$][A-Za-z_{]+)([^A-Za-z0-9_-]|$)/)) tell("routes")
    else if (match(text, /(^|[^A-Za-z0-9_-])(route|rule)[ \t]+(-[^ \t]+[ \t]+(inet6?[ \t]+)?)*(add|append|replace|change|prepend|del|delete|flush|restore)([^A-Za-z0-9_-]|$)/)) tell("routes")
    else if (match(text, /(^|[^A-Za-z0-9_.-])ip[ \t]+(-[^ \t]+[ \t]+)*-(b|ba|bat|batc|batch)[ \t]/)) tell("routes")
  }`

/**
 * Prints what scripts that run at boot beside the configuration do to routes and addresses; needs `$nl`, and expands pathnames:
 *
 *     hook routes|addresses LINE PATH   such a line; its words follow, behind a `|`
 *     hook program|large|unreadable 0 PATH   what it does cannot be seen; an empty `|` follows
 *
 * Looked at are the scripts of ifupdown (interfaces(5)), NetworkManager-dispatcher(8), networkd-dispatcher, initscripts (ifup-local),
 * systemd-rc-local-generator(8), OpenRC's local.d, and units of systemd that were written here and are enabled; and what these call
 * from /usr/local, /opt, /etc, /root, /home, /srv or /var, where that is a script. Nothing but these lines leaves the host. Who is not
 * root cannot see whether root may execute a file, and takes it that root may.
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
  if [ ! -r "$1" ]; then printf 'hook unreadable 0 %s\n|\n' "$1"; return; fi
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
      /*) if runs "$line" && admit "$line"; then scan "$line" 1; fi ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  set +f
  unset IFS
}
for path in /etc/network/if-pre-up.d/* /etc/network/if-up.d/* /etc/networkd-dispatcher/*.d/* /usr/lib/networkd-dispatcher/*.d/* \
  /etc/NetworkManager/dispatcher.d/* /etc/NetworkManager/dispatcher.d/[np]*-*.d/* /usr/lib/NetworkManager/dispatcher.d/* \
  /usr/lib/NetworkManager/dispatcher.d/[np]*-*.d/* /sbin/ifup-local /sbin/ifup-pre-local /etc/rc.d/rc.local /etc/rc.local /etc/local.d/*.start; do
  # What this one sets stands in rule and route files, which are read.
  case $path in */10-ifcfg-rh-routes.sh | *-down.d/*) continue ;; esac
  runs "$path" && follow "$path"
done
for path in /etc/systemd/system/*.service /usr/local/lib/systemd/system/*.service /etc/systemd/system/*.service.d/*.conf; do
  if [ -L "$path" ] || [ ! -f "$path" ]; then continue; fi
  case $path in *.conf) follow "$path"; continue ;; esac
  for link in /etc/systemd/system/*.wants/*.service /etc/systemd/system/*.requires/*.service; do
    if [ "$link" -ef "$path" ]; then follow "$path"; break; fi
  done
done
`
