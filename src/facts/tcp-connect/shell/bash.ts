import { shellFramework } from './framework.js'

/** The third rung: bash's own /dev/tcp. It has the errno in words, and sees a reset; it cannot choose a source. */
const program = `
probe=bash
[ "\${BASH_VERSINFO[0]:-0}" -ge 4 ] || { echo 'bash 4 or later is needed' >&2; exit 127; }

# connect address port: its process id, then what happened, a line each
connect() {
    echo "$BASHPID"
    local began=\${EPOCHREALTIME/./} took=''
    exec 3<>"/dev/tcp/$1/$2" || return
    [ -z "$began" ] || took=$((\${EPOCHREALTIME/./} - began))
    # a greeting, the end, or silence for a moment: the service lives
    case $({ IFS= read -r -t 0.2 -n 1 -u 3; } 2>&1) in
        *reset*) echo "reset $took" ;;
        *) echo "open $took" ;;
    esac
}

try() {
    [ "$4" = - ] || { outcome=unasked text='bash cannot choose the source'; return; }
    local child line took=''
    exec 4< <(connect "$1" "$2" 2>&1)
    read -r -u 4 child
    if IFS= read -r -u 4 -t "$(($3 / 1000)).$(printf %03d $(($3 % 1000)))" line; then
        case $line in
            'open '* | 'reset '*) read -r outcome took <<<"$line" ;;
            *) explain "\${line##*: }" ;;
        esac
        [ -z "$took" ] || ms=\${took}e-3
    else
        outcome=timeout
        kill "$child" 2>/dev/null
    fi
    exec 4<&-
}

main
`
export const bashProbe: string = shellFramework + program
