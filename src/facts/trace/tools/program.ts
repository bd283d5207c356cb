import { pace } from '../timing.js'

/**
 * The rung below Python: traceroute of Dmitry Butskoy, tcptraceroute of Michael Toren, traceroute of BusyBox, for any POSIX shell. They
 * cannot ask a silent hop slowly, so this asks it again, alone. Reads what `protocol.ts` writes; writes lines that `output.ts` reads:
 * `index tool NAME` once a request, `index round FLOW ID` before each round, and the tool's own lines after the index.
 */
export const toolProgram = String.raw`
LC_ALL=C
export LC_ALL
end=$(($(date +%s) + $1 / 1000))

case $(traceroute --version 2>&1 </dev/null) in
    *Modern*) kind=modern ;;
    *BusyBox*) kind=busybox ;;
    *) kind=none ;;
esac
tcp=none
[ $kind != modern ] || tcp=modern
[ $tcp != none ] || ! command -v tcptraceroute >/dev/null || tcp=toren
[ $kind$tcp != nonenone ] || { echo 'there is no traceroute that is known here' >&2; exit 127; }

# run first last seconds: one packet a hop
run() {
    first=$1 last=$2 seconds=$3
    set --
    case $source in -) ;; %*) set -- -i "$(printf %s "$source" | tr -d %)" ;; *) set -- -s "$source" ;; esac
    case $family in 4 | 6) [ "$tool" = toren ] || set -- "$@" "-$family" ;; esac
    case $tool-$protocol in
        modern-tcp) set -- "$@" -N 1 -T -p "$port" "--sport=$id" -O info ;;
        modern-udp) set -- "$@" -N 1 -U -p "$port" "--sport=$id" ;;
        modern-icmp) set -- "$@" -N 1 -I ;;
        busybox-udp) set -- "$@" -p "$port" ;;
        busybox-icmp) set -- "$@" -I ;;
        toren-tcp)
            tcptraceroute -n -q 1 -w "$seconds" -f "$first" -m "$last" -P "$id" "$@" "$host" "$port" 2>&1 </dev/null
            return
            ;;
    esac
    traceroute -n -q 1 -w "$seconds" -f "$first" -m "$last" "$@" "$host" 2>&1 </dev/null
}

# pause: not every sleep takes fractions
pause() { sleep ${pace.longGapMs / 1000} 2>/dev/null || sleep 3; }

# Asks what is silent again, one after another: two processes cannot have the same ports. The hop after the last waits for ARP.
slowly() {
    left=$holes
    for _ in 1 2; do
        [ -n "$left" ] || return
        pause
        still=''
        for hole in $left; do
            if [ "$hole" -eq $((answered + 1)) ] && [ "$wait" -lt 4 ]; then line=$(run "$hole" "$hole" 4); else line=$(run "$hole" "$hole" "$wait"); fi
            line=$(printf '%s\n' "$line" | grep '^ *[0-9][0-9]* ')
            printf '%s\n' "$line"
            case $line in *[0-9a-f.:]*' ms'*) ;; *) still="$still $hole" ;; esac
        done
        left=$still
    done
}

one_round() {
    found=$(run 1 "$most" 1)
    printf '%s\n' "$found"
    answered=$(printf '%s\n' "$found" | sed -n 's/^ *\([0-9][0-9]*\)  *[0-9a-f].*/\1/p' | tail -n 1)
    answered=$((answered + 0)) holes=''
    most=$((answered + ${pace.tail}))
    [ "$most" -lt "$max" ] || most=$max
    for hole in $(printf '%s\n' "$found" | sed -n 's/^ *\([0-9][0-9]*\)  *\*.*/\1/p'); do
        [ "$hole" -gt "$most" ] || holes="$holes $hole"
    done
    slowly
}

all_rounds() {
    most=$max flow=0
    while [ "$flow" -le "$flows" ]; do
        id=$((ident + flow)) round=0
        while [ "$round" -lt "$rounds" ] && [ "$(date +%s)" -lt "$end" ]; do
            echo "round $flow $id"
            one_round
            round=$((round + 1))
            [ "$flow" = 0 ] || break
        done
        flow=$((flow + 1))
    done
}

request() {
    index=$1 host=$2 protocol=$3 port=$4 ident=$5 source=$6 family=$7 max=$8 rounds=$9
    shift 9
    flows=$1 wait=$((($2 + 999) / 1000))
    case $protocol in tcp) tool=$tcp ;; *) tool=$kind ;; esac
    given=$ident
    [ "$ident" -gt 0 ] || ident=$((33000 + ($$ * 7 + index * 64) % 26000))
    echo "$index tool $tool"
    case $tool-$protocol-$family-$given in
        none-* | toren-*-6-* | *-udp-*-[1-9]*) return ;; # a bound UDP socket would swallow what the target sends to it
    esac
    all_rounds | while IFS= read -r line; do printf '%s %s\n' "$index" "$line"; done
}

running=0
while read -r line; do
    # shellcheck disable=SC2086
    request $line &
    running=$((running + 1))
    [ "$running" -lt ${pace.toolsAtOnce} ] || { wait; running=0; }
done
wait
`
