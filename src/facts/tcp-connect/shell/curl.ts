import { shellFramework } from './framework.js'

/**
 * The last rung: curl's telnet, which sends nothing unless asked. Most versions say the errno in words when verbose; where they do
 * not, exit code 7 stands for every way in which a connection fails at once.
 */
const program = String.raw`
probe=curl
command -v curl >/dev/null || { echo 'there is no curl' >&2; exit 127; }

try() {
    case $1 in *:*) address="[$1]" ;; *) address=$1 ;; esac
    port=$2 wait=$3
    case $4 in
        -) set -- ;;
        %*) set -- --interface "if!$(printf %s "$4" | tr -d %)" ;;
        *) set -- --interface "host!$4" ;;
    esac
    # -q: without the user's .curlrc. Nothing is sent, and after the handshake nothing is waited for but a moment.
    said=$(curl -q -v -s -S --noproxy '*' --connect-timeout "$((wait / 1000)).$(printf %03d $((wait % 1000)))" \
        --max-time "$((wait / 1000 + 1))" "$@" -o /dev/null -w '\ntook=%{time_connect} %{local_ip}\n' \
        "telnet://$address:$port" 2>&1 </dev/null)
    code=$?
    set -- $(printf '%s\n' "$said" | sed -n 's/^took=//p')
    case $1 in
        *[1-9]*)
            outcome=open ms=$1e3 from=$2
            case $code:$said in 56:*reset*) outcome=reset ;; esac
            return
            ;;
    esac
    case $code in
        7) explain "$(printf '%s\n' "$said" | sed -n 's/^.*connect to .* failed: //p; s/^.*Immediate connect fail for .*: //p' | tail -n 1)"; outcome=error ;;
        28) outcome=timeout ;;
        45) outcome=source text='curl could not use the source' ;;
        6) outcome=name text='curl could not resolve the name' ;;
        *) outcome=unasked text="curl ended with exit code $code" ;;
    esac
}

main
`
export const curlProbe: string = shellFramework + program
