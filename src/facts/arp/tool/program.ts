/** Runs of arping side by side: each takes three seconds. */
export const toolAtOnce = 32

/**
 * Runs the host's arping, of iputils, BusyBox or Thomas Habets, for the requests of `protocol.ts`, in any POSIX shell.
 * Standard output: `#flavour`, then for each request lines `=index |text` of arping or `=index !problem`.
 *
 * All ask without a sender address first, as the Python probe does. That form of iputils and BusyBox, `-D`, ends at the first answer, so
 * that a second holder would be missed: after an answer they ask again from the interface's address, which the holder then learns
 * as from any ping; a second holder that refuses this sender (its own address, or `rp_filter`) stays unseen. Asked so, the host's own
 * address would be announced to all (a gratuitous request), so it is not: an answer is a conflict in any case.
 */
export const toolProgram = String.raw`
LC_ALL=C
export LC_ALL
case $(arping -V 2>&1) in
    *iputils*) flavour=iputils ;;
    *BusyBox*) flavour=BusyBox ;;
    *ARPing*) flavour=Habets ;;
    *) echo 'no arping of iputils, BusyBox or Thomas Habets' >&2; exit 127 ;;
esac
printf '#%s\n' "$flavour"

# is_own address: 0 when a routing table of this host has it as its own, 1 when none has
is_own() {
    awk -v address="$1" '
        $1 == "|--" { is = $2 == address }
        is && $1 == "/32" && /host LOCAL/ { found = 1; exit }
        END { exit !found }' /proc/net/fib_trie
}

# run index address arguments: prints the answers, and keeps them in $said
run() {
    index=$1 address=$2
    shift 2
    said=$(arping "$@" "$address" 2>&1 </dev/null)
    printf '%s\n' "$said" | while IFS= read -r line; do printf '=%s |%s\n' "$index" "$line"; done
}

# ask index address interface
ask() {
    link=/sys/class/net/$3
    if [ ! -e "$link" ]; then
        printf '=%s !%s\n' "$1" "there is no interface $3"
    elif [ "$(cat "$link/type")" != 1 ] || [ $(($(cat "$link/flags") & 0x88)) != 0 ]; then
        printf '=%s !%s\n' "$1" "$3 is no interface on which neighbours are asked for their addresses (loopback, a tunnel, NOARP)"
    elif [ "$(cat "$link/carrier" 2>/dev/null)" != 1 ]; then
        printf '=%s !%s\n' "$1" "$3 is down or has no carrier"
    elif [ -e "$link/brport" ] || [ -e "$link/bonding_slave" ]; then
        printf '=%s !%s\n' "$1" "$3 is part of a bridge or bond: ask on that"
    elif [ "$flavour" = Habets ]; then
        run "$1" "$2" -0 -c 3 -i "$3"
    else
        run "$1" "$2" -D -c 3 -w 4 -I "$3"
        case $said in *' from '*' ['*) ;; *) return ;; esac
        is_own "$2" 2>/dev/null
        case $? in
            0) ;;
            1) run "$1" "$2" -b -c 3 -w 4 -I "$3" ;;
            *) printf '=%s !%s\n' "$1" 'whether the address is one of this host is not known without /proc/net/fib_trie' ;;
        esac
    fi
}

running=0
while read -r index address name; do
    case $address:$name in
        *:*:*) printf '=%s !%s\n' "$index" 'arping asks for IPv4 addresses only'; continue ;;
        *:-) printf '=%s !%s\n' "$index" 'arping must be told the interface: name it'; continue ;;
    esac
    ask "$index" "$address" "$name" &
    running=$((running + 1))
    [ "$running" -lt ${toolAtOnce} ] || { wait; running=0; }
done
wait
exit 0
`
