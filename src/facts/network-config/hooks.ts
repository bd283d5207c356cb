import type { Frames, HookLine } from './frames.js'
import { hookLimits } from './hooks-script.js'
import type { Opaque, Topic } from './value.js'

/** Who runs the scripts of a folder, where only one manager does: NetworkManager runs those of ifupdown too (01-ifupdown of Debian). */
const runners: readonly { readonly folder: RegExp; readonly managers: readonly string[] }[] = [
  { folder: /^\/etc\/network\/if-/, managers: ['networking', 'NetworkManager'] },
  { folder: /\/NetworkManager\/dispatcher\.d(\/|$)/, managers: ['NetworkManager'] },
]

const why: Record<HookLine['about'], string> = {
  routes: 'a script that runs at boot beside the configuration',
  addresses: 'a script that runs at boot beside the configuration',
  program: 'a program that runs at boot beside the configuration',
  large: `a script that runs at boot beside the configuration, larger than ${hookLimits.kibibytes} KiB`,
  unreadable: 'a script that runs at boot beside the configuration, and only root may read it',
}

/** What scripts beside the configuration do. Those of a manager that nothing starts at boot are left out. */
export function readHooks({ hooks, boot, has }: Frames): readonly Opaque[] {
  const knowsInit = has.has('systemd') || has.has('openrc')
  const runs = (path: string): boolean => {
    const managers = runners.find(({ folder }) => folder.test(path))?.managers
    return managers === undefined || !knowsInit || managers.some((manager) => boot.has(manager))
  }
  return hooks
    .filter(({ path }) => runs(path))
    .map(({ path, line, about, text }) => ({
      file: path,
      line,
      text: text === '' ? path : text,
      why: why[about],
      interface: null,
      topics: about === 'routes' || about === 'addresses' ? [about] : (['addresses', 'routes'] satisfies Topic[]),
    }))
}
