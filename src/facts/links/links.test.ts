import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Links, links } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const slug = (name: string): string => name.replace(/\W+/g, '-').replace(/^-/, '')
const sources = new Map(links.sources.linux?.map((source) => [slug(source.name), source]))
const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

function parse(source: string, stdout: string, stderr = ''): Links | { readonly notUnderstood: string } {
  try {
    const value = sources.get(source)?.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
    if (value === undefined) throw new Error(`no value from ${source}`)
    return value
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: error.message }
    throw error
  }
}

const known = (name: string): Links => {
  const value = parse(name.split('.')[0] ?? '', read(name))
  if ('notUnderstood' in value) throw new Error(value.notUnderstood)
  return value
}

describe('recordings', () => {
  it('there is one for each source but for `ip` of BusyBox, which prints what `busybox ip` does', () => {
    expect(new Set(['ip', ...names.map((name) => name.split('.')[0])])).toEqual(new Set(sources.keys()))
  })

  it.each(names)('%s', (name) => {
    const value = parse(name.split('.')[0] ?? '', read(name))
    expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
    expect(links.isValue(value)).toBe(true)
  })

  it('text and JSON say the same', () => {
    expect(known('ip-d.debian12.out')).toEqual(known('ip-j-d.debian12.out'))
  })

  it('the other sources say the same as far as they say anything', () => {
    const all = new Map(known('ip-j-d.debian12.out').links.map((link) => [link.name, link]))
    for (const source of ['busybox-ip', 'sys']) {
      for (const { addresses, type, parent, altNames, operState, ...told } of known(`${source}.debian12.out`).links) {
        const link = all.get(told.name)
        expect(link).toMatchObject(told)
        if (type !== null) expect([told.name, type]).toEqual([told.name, link?.type])
        if (operState !== null) expect(operState).toBe(link?.operState)
        const where = addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`)
        expect(link?.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`)).toEqual(expect.arrayContaining(where))
      }
    }
  })
})

describe('what versions and links do differently', () => {
  const one = (text: string, source = 'ip-d'): unknown => {
    const value = parse(source, text)
    return 'links' in value ? value.links[0] : value
  }
  const plain = {
    altNames: [],
    up: true,
    carrier: false,
    operState: null,
    mac: null,
    vlanId: null,
    parent: null,
    master: null,
    addresses: [],
  }

  it.each([
    [
      'a kind without details',
      '2: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01\n    dummy \n',
      { type: 'dummy', mac: '02:00:00:00:00:01' },
    ],
    [
      'a port without a kind',
      '2: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01\n    bond_slave state ACTIVE\n',
      { type: 'ethernet', mac: '02:00:00:00:00:01' },
    ],
    [
      'a name for people that looks like a kind',
      '2: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01\n    alias bond\n',
      { type: 'ethernet', mac: '02:00:00:00:00:01' },
    ],
    ['a tunnel', '2: x@NONE: <UP> mtu 9\n    link/gre 10.0.0.1 peer 10.0.0.2\n    gre remote 10.0.0.2\n', { type: 'gre' }],
    ['a link without a kind that is no Ethernet', '2: x: <UP> mtu 9\n    link/infiniband 80:00\n', { type: 'infiniband' }],
    [
      'a priority VLAN',
      '2: x@y: <UP> mtu 9\n    link/ether 02:00:00:00:00:01\n    vlan protocol 802.1Q id 0 <>\n',
      { type: 'vlan', vlanId: 0, parent: 'y', mac: '02:00:00:00:00:01' },
    ],
    [
      'a VXLAN, and the interface that it sends through',
      '4: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0\n    vxlan id 5 dev eth0 srcport 0 0 dstport 4789\n',
      { type: 'vxlan', parent: 'eth0', mac: '02:00:00:00:00:01' },
    ],
    [
      'a VXLAN that sends by the routes',
      '4: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01 promiscuity 0\n    vxlan id 6 local 192.0.2.1 srcport 0 0 dstport 4790\n',
      { type: 'vxlan', mac: '02:00:00:00:00:01' },
    ],
    [
      'a VXLAN that sends in another namespace, where the index is that of another interface',
      '4: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01 link-netnsid 0 promiscuity 0\n    vxlan id 5 dev eth0 srcport 0 0 dstport 4789\n',
      { type: 'vxlan', mac: '02:00:00:00:00:01' },
    ],
    [
      'a VXLAN over an interface that is gone',
      '4: x: <UP> mtu 9\n    link/ether 02:00:00:00:00:01 promiscuity 0\n    vxlan id 5 dev if7 srcport 0 0 dstport 4789\n',
      { type: 'vxlan', mac: '02:00:00:00:00:01' },
    ],
    [
      'a tunnel through an interface',
      '2: x@NONE: <UP> mtu 9\n    link/gre 10.0.0.1 peer 10.0.0.2\n    gre remote 10.0.0.2 local 10.0.0.1 dev eth0 ttl inherit\n',
      { type: 'gre', parent: 'eth0' },
    ],
  ])('%s', (_, text, expected) => {
    expect(one(text)).toEqual({ name: 'x', mtu: 9, ...plain, ...expected })
  })

  it.each([
    ['the interface that a VXLAN sends through', '"link":"eth0"', '', 'eth0'],
    ['none, where it sends by the routes', '"local":"192.0.2.1"', '', null],
    ['none, where it sends in another namespace', '"link":"eth0"', '"link_netnsid":0,', null],
    ['none, where it is in another namespace that has a name', '"link":"eth0"', '"link_netns":"lab",', null],
    ['none, where it is gone', '"link":"if7"', '', null],
  ])('JSON: %s', (_, data, fields, parent) => {
    const info = `"linkinfo":{"info_kind":"vxlan","info_data":{"id":5,${data}}}`
    const text = `[{"ifname":"x","flags":[],"mtu":9,"link_type":"ether",${fields}${info},"addr_info":[]}]`
    expect(one(text, 'ip-j-d')).toMatchObject({ type: 'vxlan', parent })
  })

  it('a label called like a flag is none', () => {
    expect(one('2: dynamic: <UP> mtu 9\n    link/ether 02:00:00:00:00:01\n    inet 10.0.0.1/8 scope global dynamic\n')).toMatchObject({
      addresses: [{ address: '10.0.0.1', prefixLength: 8, peer: null, flags: [] }],
    })
  })

  it('addresses of unknown families are left out', () => {
    const text = '[{"ifname":"x","flags":[],"mtu":9,"link_type":"none","addr_info":[{"family":"mctp","local":"8"}]}]'
    expect(one(text, 'ip-j-d')).toMatchObject({ addresses: [], up: false, carrier: null, type: 'none' })
  })
})

describe('refusals', () => {
  it.each([
    ['ip-j-d', '', 'expected a JSON array from ip -j, found nothing'],
    ['ip-j-d', '[]', 'expected at least one interface, found "[]"'],
    ['ip-j-d', '[{}]', 'expected an interface of ip -j -d address, found "{}"'],
    ['ip-d', '', 'expected at least one interface, found nothing'],
    ['ip-d', 'Command line is not complete.\n', 'expected an interface of ip address, found "Command line is not complete."'],
    ['ip-d', '    link/ether 02:00:00:00:00:01\n', 'expected an interface of ip address, found "    link/ether 02:00:00:00:00:01"'],
    ['sys', 'link eth0\nflags 0x1003\n', 'expected the interfaces of /sys/class/net, found "link eth0\\nflags 0x1003\\n"'],
    ['sys', 'link eth0\nflags 0x1003\nend\n', 'expected flags and MTU in /sys/class/net, found "[\\"eth0\\",[\\"flags\\",\\"0x1003\\"]]"'],
    ['sys', 'link eth0\nflags 0x1003\nmtu 9\ninet6 fe80 eth0\nend\n', 'expected a row of /proc/net/if_inet6, found "fe80 eth0"'],
  ])('%s: %j', (source, text, notUnderstood) => {
    expect(parse(source, text)).toEqual({ notUnderstood })
  })

  it('links that changed while they were read are not believed', () => {
    const stderr = 'Dump was interrupted and may be inconsistent.\n'
    expect(parse('ip-j-d', read('ip-j-d.debian12.out'), stderr)).toHaveProperty('notUnderstood')
  })
})

it('a recording with any damage gives a value of the right shape or is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }), (name, at, patch, cut) => {
      const text = read(name)
      const place = at % text.length
      const value = parse(name.split('.')[0] ?? '', text.slice(0, place) + patch + text.slice(place + cut))
      expect('notUnderstood' in value || links.isValue(value)).toBe(true)
    }),
  )
})
