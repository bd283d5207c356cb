import { pace, shellAtOnce } from '../timing.js'

/** Seconds for which the targets of one lane are asked again, as each takes its full time here. */
const aloneSeconds = 30

/**
 * What the coarse probes share, for any POSIX shell. A probe sets `probe` and defines
 * `try address port waitMs source`, which sets `outcome`, and where known `text`, `ms` and `from`.
 */
export const shellFramework = String.raw`
LC_ALL=C
export LC_ALL
end=$(($(date +%s) + $1 / 1000))
# the ports that the kernel itself chooses to send from; read alone takes a byte at a time, and gets but one of a sysctl
read -r first last <<END
$(cat /proc/sys/net/ipv4/ip_local_port_range 2>/dev/null || echo 32768 65535)
END

# say index address asks [confirmed]: one answer
say() {
    case $text in *[!\ A-Za-z0-9:.,_/\(\)-]*) text=$(printf %s "$text" | tr '\n\t' '  ' | tr -cd ' !#-[]-~') ;; esac
    printf '{"i":%s,"address":"%s","asks":%s,"outcome":"%s"%s%s%s%s}\n' "$1" "$2" "$3" "$outcome" \
        "$(test -z "$text" || printf ',"text":"%s"' "$text")" "$(test -z "$ms" || printf ',"ms":%s' "$ms")" \
        "$(test -z "$from" || printf ',"source":"%s"' "$from")" "$(test -z "$4" || printf ',"confirmed":%s' "$4")"
}

# ask index address port waitMs source asks: an answer, or a line that begins with silent
ask() {
    outcome='' text='' ms='' from=''
    try "$2" "$3" "$4" "$5"
    # Perhaps the kernel chose this very port to send from, and the socket met itself: that does not happen twice.
    if [ "$outcome" = open ] && [ "$3" -ge "$first" ] && [ "$3" -le "$last" ]; then try "$2" "$3" "$4" "$5"; fi
    if [ "$outcome" = timeout ]; then echo "silent $1 $2 $3 $4 $5 $6"; else say "$1" "$2" "$6" ''; fi
}

# explain text: outcome from what a tool said; a silence only where it says so
explain() {
    text=$1
    case $text in
        *[Uu]sage:* | *'invalid option'* | *'unrecognized option'*) outcome=unasked ;; # a tool's help speaks of timeouts, too
        *"can't execute"*) outcome=open ;; # BusyBox runs its program once connected
        *'timed out'* | *'Ncat: TIMEOUT'*) outcome=timeout ;;
        *[Rr]efused* | *[Uu]nreachable* | *'No route to host'* | *'Host is down'* | *'Permission denied'*) outcome=error ;;
        *'Operation not permitted'* | *'Invalid argument'* | *'Connection reset'*) outcome=error ;;
        *'assign requested address'* | *'Address not available'* | *'No such device'* | *"Couldn't bind"* | *'bind failed'*) outcome=source ;;
        *'not known'* | *'bad address'* | *[Rr]esol* | *'host lookup failed'*) outcome=name ;;
        *) outcome=unasked ;;
    esac
}

# addresses host family: one a line; nothing when the name has none
addresses() {
    case $1 in *:* | *[!0-9.]*) ;; *) echo "$1"; return ;; esac
    case $1 in *:*) echo "$1"; return ;; esac
    command -v getent >/dev/null || { echo "$1"; return; }
    case $2 in 4) table=ahostsv4 ;; 6) table=ahostsv6 ;; *) table=ahosts ;; esac
    getent "$table" "$1" | while read -r address kind rest; do
        case $address:$kind in ::ffff:* | *:DGRAM | *:RAW) ;; *) echo "$address" ;; esac
    done | sort -u
}

# begin index host port waitMs family source: asks every address once
begin() {
    found=$(addresses "$2" "$5")
    [ -n "$found" ] || { outcome=name text='getent finds no address' ms='' from=''; say "$1" '' 0 '' | sed 's/"address":"",//'; }
    for address in $found; do ask "$1" "$address" "$3" "$4" "$6" 1; done
}

all_at_once() {
    running=0
    while read -r index host port wait family source; do
        [ "$(date +%s)" -lt "$end" ] || break
        begin "$index" "$host" "$port" "$wait" "$family" "$source" &
        running=$((running + 1))
        [ "$running" -lt ${shellAtOnce} ] || { wait; running=0; }
    done
    wait
}

# not every sleep takes fractions
pause() { sleep ${pace.gapMs / 1000} 2>/dev/null || sleep 2; }

# alone address lines: asks the silent targets of one address, or of all, again one at a time; the last ask waits for ARP to fail
alone() {
    stop=$(($(date +%s) + ${aloneSeconds}))
    [ "$stop" -lt "$end" ] || stop=$end
    printf '%s\n' "$2" | while read -r _ index address port wait source asks; do
        [ "$1" = all ] || [ "$address" = "$1" ] || continue
        outcome=timeout text='' ms='' from=''
        if [ "$(date +%s)" -ge "$stop" ]; then say "$index" "$address" 1 false; continue; fi
        pause
        answer=$(ask "$index" "$address" "$port" 2000 "$source" 2)
        case $answer in
            silent*)
                pause
                [ "$wait" -gt ${pace.longMs} ] || wait=${pace.longMs}
                answer=$(ask "$index" "$address" "$port" "$wait" "$source" 3)
                ;;
        esac
        case $answer in silent*) say "$index" "$address" 3 true ;; *) printf '%s\n' "$answer" ;; esac
    done
}

main() {
    printf '{"probe":"%s","icmp":"none"}\n' "$probe"
    answers=$(all_at_once)
    printf '%s\n' "$answers" | grep -v '^silent'
    silent=$(printf '%s\n' "$answers" | grep '^silent')
    # Who answered with an error, and whether it limits its answers, cannot be known here: after any error no two are asked at once.
    case $answers in
        *'"outcome":"error"'*) lanes=all ;;
        *) lanes=$(printf '%s\n' "$silent" | cut -d ' ' -f 3 | sort -u) ;;
    esac
    [ -z "$silent" ] || for lane in $lanes; do alone "$lane" "$silent" & done
    wait
    exit 0
}
`
