/**
 * Prints the rules of every packet filter of the kernel, which all work at once: those of nft, those that iptables keeps
 * in nft's tables (which nft's JSON cannot express), and those of the older iptables. Each part begins with `== NAME`;
 * lines of a tool begin with `|`. It ends with 1 as soon as a part cannot be had, its reason on standard error.
 *
 * Which tables are dormant is read from nft's text: its JSON does not say so (before 1.0), or says it wrongly (1.0.6). So are the
 * devices of ingress and egress chains, which the JSON of 1.0.6 leaves out.
 *
 * Asking nft would load its module: where /proc/modules and the kernel's list of built-in modules lack it, it is not asked.
 * iptables-save reads only tables that are there and loads none (iptables-save.c).
 */
export const rulesScript = String.raw`
die() { printf '%s\n' "$1" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die "permission denied: the kernel shows its rules to root alone; let the inventory say become: sudo"
have() { command -v "$1" >/dev/null 2>&1; }
show() { printf '%s\n' "$1" | sed 's/^/|/'; }
ask() {
  part=$1; shift
  out=$("$@" 2>/dev/null) || die "$* failed: $("$@" 2>&1 >/dev/null | head -n 3)"
  printf '== %s\n' "$part"; [ -z "$out" ] || show "$out"
}
printf '== ipv6 %s\n' "$(if [ -e /proc/net/if_inet6 ]; then echo yes; else echo no; fi)"
nft=unknown
if [ -r /proc/modules ]; then
  if grep -q '^nf_tables ' /proc/modules; then nft=loaded
  elif [ -r "/lib/modules/$(uname -r)/modules.builtin" ]; then
    if grep -q '/nf_tables\.ko' "/lib/modules/$(uname -r)/modules.builtin"; then nft=loaded; else nft=absent; fi
  fi
elif [ ! -e /proc/modules ]; then nft=loaded
fi
kind=none
if have iptables; then kind=$(iptables -V 2>/dev/null); fi
case $kind in *nf_tables*) kind=nft ;; none) ;; *) kind=legacy ;; esac
out=
if [ "$nft" = absent ]; then echo '== nft absent'
elif have nft; then
  if out=$(nft -j list ruleset 2>/dev/null); then echo '== nft json'; show "$out"
    case $out in *'"table"'*)
      text=$(nft -t list ruleset 2>/dev/null) || text=$(nft list ruleset 2>/dev/null) || die "nft list ruleset failed: $(nft list ruleset 2>&1 >/dev/null | head -n 3)"
      echo '== dormant'
      printf '%s\n' "$text" | sed -n '/^table /{s/^table \([^ ]* [^ ]*\).*/|\1/;h;}; /^[[:space:]]flags .*dormant/{x;p;x;}'
      echo '== devices'
      printf '%s\n' "$text" | sed -n '/^table /p; /^[[:space:]]chain /p; /^[[:space:]]*type .* hook [ie]n*gress /p' | sed 's/^/|/' ;;
    esac
  elif text=$(nft list ruleset 2>/dev/null); then echo '== nft text'; show "$text"
  elif [ "$nft" = loaded ]; then die "nft list ruleset failed: $(nft list ruleset 2>&1 >/dev/null | head -n 3)"
  else case $(nft list ruleset 2>&1) in *"not supported"*|*"No such file"*) echo '== nft absent' ;; *) die "nft list ruleset failed: $(nft list ruleset 2>&1 >/dev/null | head -n 3)" ;; esac
  fi
elif [ "$nft" = loaded ] || [ "$kind" = nft ]; then echo '== nft missing'
else echo '== nft unknown'
fi
case $out in *'"xt"'*|'')
  if [ "$nft" != absent ]; then
    for f in '' 6; do
      if have "ip$f"tables-nft-save; then ask "compat$f" "ip$f"tables-nft-save -c
      elif [ "$kind" = nft ] && have "ip$f"tables-save; then ask "compat$f" "ip$f"tables-save -c
      fi
    done
  fi ;;
esac
for f in '' 6; do
  if [ -e "/proc/net/ip$f"_tables_names ]; then
    tables=$(cat "/proc/net/ip$f"_tables_names) || die "permission denied: /proc/net/ip$f""_tables_names"
    if [ -z "$tables" ]; then echo "== legacy$f none"
    elif have "ip$f"tables-legacy-save; then ask "legacy$f beside" "ip$f"tables-legacy-save -c
    elif [ "$kind" != nft ] && have "ip$f"tables-save; then ask "legacy$f alone" "ip$f"tables-save -c
    else echo "== legacy$f missing"; show "$tables"
    fi
  else echo "== legacy$f none"
  fi
done
`
