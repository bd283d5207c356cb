import { shellAtOnce } from './timing.js'

/**
 * Runs the host's own ping, of iputils or BusyBox, for the targets of `protocol.ts`, in any POSIX shell.
 * Standard output: `#flavour version`, and for each address lines `=index address |text` and at last `=index address !exitcode`.
 */
export const shellProbe = String.raw`
LC_ALL=C
export LC_ALL
end=$(($(date +%s) + $1 / 1000))
case $(ping -V 2>&1) in
    *iputils*) flavour=iputils version=$(ping -V 2>&1 | tr -cd 0-9 | cut -c 1-8) ;;
    *BusyBox*) flavour=BusyBox version=$(ping -V 2>&1 | sed -n 's/^BusyBox v\([0-9.]*\).*/\1/p') ;;
    *) echo 'this ping is neither of iputils nor of BusyBox' >&2; exit 127 ;;
esac
printf '#%s %s\n' "$flavour" "$version"
case $(ping -V 2>&1) in *'-i SEC'*) interval_option=yes ;; *) interval_option=no ;; esac

tell() {
    while IFS= read -r line; do printf '=%s %s %s\n' "$1" "$2" "$line"; done
}

# addresses host family: one a line
addresses() {
    case $1 in *:* | *[!0-9.]*) ;; *) echo "$1"; return ;; esac
    case $1 in *:*) echo "$1"; return ;; esac
    command -v getent >/dev/null || { echo "$1"; return; }
    case $2 in 4) table=ahostsv4 ;; 6) table=ahostsv6 ;; *) table=ahosts ;; esac
    getent "$table" "$1" | while read -r address kind rest; do
        case $address:$kind in ::ffff:* | *:DGRAM | *:RAW) ;; *) echo "$address" ;; esac
    done | sort -u
}

# run index address family count intervalMs size df source waitMs
run() {
    tool=ping
    seconds=$((($9 + 999) / 1000)) pause=$5
    [ "$pause" -ge 200 ] || pause=200  # ping lets only root go below
    pause=$((pause / 1000)).$(printf %03d $((pause % 1000)))
    index=$1 address=$2 family=$3 count=$4 size=$6 df=$7 source=$8
    case $address in *:*) family=6 ;; esac
    case $source in %*) source=$(echo "$source" | cut -c 2-) ;; esac
    case $flavour in
        iputils)
            set -- -n -c "$count" -i "$pause" -s "$size" -W "$seconds"
            if [ "$version" -lt 20150815 ]; then
                [ "$family" != 6 ] || tool=ping6
            elif [ "$family" != 0 ]; then
                set -- "$@" "-$family"
            fi
            case $df:$family in
                1:6)
                    # before, IPv6 was fragmented all the same
                    [ "$version" -ge 20190709 ] || { echo "$index $address" | refuse 'this ping cannot forbid fragmentation of IPv6'; return; }
                    set -- "$@" -M do ;;
                1:*) set -- "$@" -M do ;;
                0:6) ;;
                *) set -- "$@" -M dont ;;
            esac
            ;;
        *)
            [ "$df" = 0 ] || { echo "$index $address" | refuse 'this ping cannot forbid fragmentation'; return; }
            set -- -c "$count" -s "$size" -W "$seconds"
            [ "$interval_option" = no ] || set -- "$@" -i "$pause"
            [ "$family" = 0 ] || set -- "$@" "-$family"
            ;;
    esac
    [ "$source" = - ] || set -- "$@" -I "$source"
    { $tool "$@" "$address" 2>&1 </dev/null; echo "!$?"; } | sed 's/^\([^!]\)/|\1/' | tell "$index" "$address"
}

refuse() {
    read -r index address
    printf '=%s %s |ping: %s\n=%s %s !64\n' "$index" "$address" "$1" "$index" "$address"
}

running=0
while read -r index host family count interval size df source wait; do
    [ "$(date +%s)" -lt "$end" ] || break
    found=$(addresses "$host" "$family")
    [ -n "$found" ] || printf '=%s - |ping: unknown host\n=%s - !68\n' "$index" "$index"
    for address in $found; do
        run "$index" "$address" "$family" "$count" "$interval" "$size" "$df" "$source" "$wait" &
        running=$((running + 1))
        [ "$running" -lt ${shellAtOnce} ] || { wait; running=0; }
    done
done
wait
exit 0
`
