import { shellFramework } from './framework.js'

/** The fourth rung: whatever is called nc. It has the errno in words, no times, and does not see a reset after the handshake. */
const program = `
probe=nc
command -v nc >/dev/null || { echo 'there is no nc' >&2; exit 127; }
usage=$(nc -h 2>&1 </dev/null)
case $usage in
    *BusyBox*'-z'*) flags='-z -vv -n -w' ;;   # Alpine: built with NC_110_COMPAT; a single -v is silent about refusals
    *BusyBox*'-e PROG'*) flags=-w ;;          # Debian: without; -e runs a program in place of sending anything
    *BusyBox*) echo 'this BusyBox nc can only send' >&2; exit 127 ;;
    *'-G conntim'*) flags='-z -v -n -G' ;;    # macOS: -w bounds idle time there
    *) flags='-z -v -n -w' ;;                 # OpenBSD, traditional, Ncat
esac

try() {
    address=$1 port=$2 seconds=$((($3 + 999) / 1000)) source=$4
    case $source in -) set -- ;; %*) outcome=unasked text='nc cannot choose an interface'; return ;; *) set -- -s "$source" ;; esac
    case "$flags$source" in -w-) set -- "$address" "$port" -e true ;; -w*) outcome=unasked text='this nc cannot choose the source'; return ;;
        *) set -- "$@" "$address" "$port" ;; esac
    if said=$(nc $flags "$seconds" "$@" 2>&1 </dev/null); then
        # Ncat goes on from another address when it cannot bind
        case $said in *'assign requested address'*) explain "$said" ;; *) outcome=open ;; esac
    else
        explain "$said"
    fi
}

main
`
export const ncProbe: string = shellFramework + program
