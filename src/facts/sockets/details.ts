import type { SocketDetail } from './value.js'

/** `1.2Gbps` of older versions, `1200000000bps` of newer ones; powers of 1000 (`sprint_bw` in misc/ss.c). */
const scale: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

const numberAfter = (info: string, pattern: RegExp): number | null => {
  const text = pattern.exec(info)?.[1]
  return text === undefined ? null : Number(text)
}

/**
 * One detail of what `ss -i` prints under a socket; null where it is not shown. ss leaves out what is zero (`tcp_stats_print`): that
 * is a zero only where the version is known to print it, which `segs_in:` or `segs_out:` (iproute2 4.3, Linux 4.2) tell.
 */
export function readDetail(info: string, detail: SocketDetail): number | null {
  switch (detail) {
    case 'rtt':
      return numberAfter(info, /(?:^|\s)rtt:(\d+(?:\.\d+)?)\//)
    case 'min-rtt':
      return numberAfter(info, /\sminrtt:(\d+(?:\.\d+)?)(?:\s|$)/)
    case 'cwnd':
      return numberAfter(info, /\scwnd:(\d+)(?:\s|$)/)
    case 'unacked':
      return numberAfter(info, /\sunacked:(\d+)(?:\s|$)/) ?? zeroOf(info)
    case 'lost':
      return numberAfter(info, /\slost:(\d+)(?:\s|$)/) ?? zeroOf(info)
    case 'retransmits':
      return numberAfter(info, /\sretrans:\d+\/(\d+)(?:\s|$)/) ?? zeroOf(info)
    case 'retransmit-ratio':
      return ratioOf(info)
    case 'delivery-rate': {
      const [, rate, unit = ''] = /\sdelivery_rate (\d+(?:\.\d+)?)([KMGT]?)bps(?:\s|$)/.exec(info) ?? []
      return rate === undefined ? null : Number(rate) * (scale[unit] ?? 1)
    }
  }
}

const zeroOf = (info: string): 0 | null => (/\ssegs_(?:in|out):\d/.test(info) ? 0 : null)

/** Retransmitted segments in a hundred sent ones (`tcpi_total_retrans`, `tcpi_segs_out`, which counts them too). */
function ratioOf(info: string): number | null {
  const retransmits = readDetail(info, 'retransmits')
  const sent = numberAfter(info, /\ssegs_out:(\d+)(?:\s|$)/)
  if (retransmits === 0) return 0
  return retransmits === null || sent === null || sent === 0 ? null : Math.min(100, (100 * retransmits) / sent)
}
