import type { Json } from './json.js'
import type { Platform } from './platform.js'

/** How a host becomes privileged for the facts that need it. */
export type Become = 'none' | 'sudo'

export interface SshSettings {
  /** What is given to ssh instead of the address: a name that the user's ssh_config knows. */
  readonly alias?: string
  readonly user?: string
  readonly port?: number
  readonly identityFile?: string
  /** Further arguments of `ssh`, already split into words (Ansible's `ansible_ssh_common_args`). */
  readonly args?: readonly string[]
}

export interface Host {
  /** The name in the inventory: unique, and how runbooks, reports and recordings call it. */
  readonly name: string
  /** What a transport connects to and what a probe towards this host aims at; default the name itself. */
  readonly address: string
  readonly platform: Platform
  /** A name in the table of transports. */
  readonly transport: string
  /** The wrapper's words for transport `exec`: `[ip, netns, exec, box]`. */
  readonly command?: readonly string[]
  readonly ssh: SshSettings
  readonly become: Become
  /** All groups, also those inherited from parents, without `all`; sorted. `ungrouped` alone when it is in no other. */
  readonly groups: readonly string[]
  readonly vars: Readonly<Record<string, Json>>
  /** Why no transport can reach it as its inventory describes it; only a run that selects the host is then refused. */
  readonly unusable?: string
}

/** Names for addresses that one device answers from. */
export type Routers = Readonly<Record<string, readonly string[]>>

/** A DNS resolver with a name. */
export interface Resolver {
  /** IPv4 first. */
  readonly addresses: readonly [string, ...string[]]
  readonly port: number
  /** The most queries a second that one host sends to each of its addresses; null for no bound. */
  readonly rate: number | null
  /** Other names it goes by. */
  readonly aliases: readonly string[]
  readonly operator: string | null
  /** ISO 3166-1, or `global`. */
  readonly country: string | null
  /** Who gets answers: `any` client, only the operator's own customers (`on-net`), or `unverified`. */
  readonly scope: 'any' | 'on-net' | 'unverified'
  /** What it leaves out of its answers; `legal`: what its country's law orders. */
  readonly filter: 'none' | 'malware' | 'family' | 'ads' | 'legal'
  /** How well its addresses are known: kept by the operator or a curated list (A), by independent sources (B), by few or old ones (C), or named in the inventory. */
  readonly confidence: 'A' | 'B' | 'C' | 'inventory'
  readonly note: string | null
}

export interface Inventory {
  /** Every host by its name, `controller` included. */
  readonly hosts: ReadonlyMap<string, Host>
  /** Member hosts by group, children included; `all` is among them and leaves out the implicit controller. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly routers: Routers
  /** By name: those of the inventory, added to, or in place of, the built-in catalogue. */
  readonly resolvers: ReadonlyMap<string, Resolver>
}

/** The machine netproof runs on: always there, never in `all` unless the inventory names it. */
export const controllerName = 'controller'
