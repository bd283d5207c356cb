import { showFunction } from '../../lib/marked-sections.js'

/**
 * The files that decide, each line of them behind a space, and what resolvectl says. Which C library programs have is seen in the
 * memory of the sed that prints it: a file of another library may lie beside it (Debian's package musl, Alpine's gcompat). resolvectl is asked only while systemd-resolved
 * runs: otherwise D-Bus could start it, and nothing is to change. A file that exists and cannot be read ends the script.
 */
export const script = `${showFunction}
target=$(readlink /etc/resolv.conf 2>/dev/null) && echo "@ target" && echo " $target"
show file /etc/resolv.conf
show nsswitch /etc/nsswitch.conf
show hostname /proc/sys/kernel/hostname
show maps /proc/self/maps
show networkmanager /run/NetworkManager/no-stub-resolv.conf
if [ -d /run/systemd/resolve ] && systemctl is-active --quiet systemd-resolved.service 2>/dev/null; then
  echo '@ running'
  show upstreams /run/systemd/resolve/resolv.conf
  for status in 'resolvectl --no-pager status' 'systemd-resolve --no-pager --status'; do
    command -v "\${status%% *}" >/dev/null 2>&1 || continue
    text=$($status 2>/dev/null) || continue
    echo '@ status'
    printf '%s\\n' "$text" | sed 's/^/ /'
    break
  done
fi
echo '@ end'`
