import { NotUnderstood } from '../errors.js'

/** One packet of a capture file. */
export interface PcapRecord {
  /** Seconds since 1970. */
  readonly time: number
  /** Bytes that it had on the wire; `data` may have fewer. */
  readonly length: number
  readonly data: Buffer
  /** The record with its header, as it stands in the file. */
  readonly raw: Buffer
}

/** A capture file (draft-ietf-opsawg-pcap). */
export interface PcapFile {
  /** As in https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number
  readonly records: readonly PcapRecord[]
  /** The first 24 bytes. */
  readonly header: Buffer
}

interface Kind {
  readonly isLittle: boolean
  /** Parts of a second in the time stamps. */
  readonly parts: number
}

const kinds: Readonly<Record<string, Kind>> = {
  d4c3b2a1: { isLittle: true, parts: 1e6 },
  a1b2c3d4: { isLittle: false, parts: 1e6 },
  '4d3cb2a1': { isLittle: true, parts: 1e9 },
  a1b23c4d: { isLittle: false, parts: 1e9 },
}

const headerLength = 24
const recordHeaderLength = 16
/** libpcap's MAXIMUM_SNAPLEN. */
const longestPacket = 262_144

/** Reads a capture; a record that was cut off by its end is left out. @throws NotUnderstood */
export function readPcap(bytes: Buffer): PcapFile {
  const kind = bytes.length < headerLength ? undefined : kinds[bytes.toString('hex', 0, 4)]
  if (kind === undefined) throw new NotUnderstood('a capture file', bytes.toString('hex', 0, 24))
  const number = (at: number): number => (kind.isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const records: PcapRecord[] = []
  for (let at = headerLength; at + recordHeaderLength <= bytes.length; ) {
    const captured = number(at + 8)
    const from = at + recordHeaderLength
    if (captured > longestPacket) throw new NotUnderstood('the length of a packet', String(captured))
    if (from + captured > bytes.length) break
    records.push({
      time: number(at) + number(at + 4) / kind.parts,
      length: Math.max(captured, number(at + 12)),
      data: bytes.subarray(from, from + captured),
      raw: bytes.subarray(at, from + captured),
    })
    at = from + captured
  }
  // The upper bits may say how long a frame check sequence is.
  return { linkType: number(20) & 0x03_ff_ff_ff, records, header: bytes.subarray(0, headerLength) }
}

/** The same file with these of its records only. */
export function writePcap({ header }: PcapFile, records: readonly PcapRecord[]): Buffer {
  return Buffer.concat([header, ...records.map(({ raw }) => raw)])
}
