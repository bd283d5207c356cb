const directory = /^\/(etc|run|usr\/lib|lib)\/NetworkManager\/system-connections\/([^/]+)$/
const settings = /^\/(etc|run|usr\/lib|lib)\/NetworkManager\/(NetworkManager\.conf|conf\.d\/[^/]+\.conf)$/

/**
 * Whether NetworkManager takes a file for a profile (nm_keyfile_utils_ignore_filename in nms-keyfile-utils.c): not what editors and
 * package managers leave behind; outside of /etc the suffix is needed.
 */
export function isProfile(path: string): boolean {
  const [, root, name = ''] = directory.exec(path) ?? []
  if (root === undefined || /^\.|~$|\.(swp|swpx|pem|der|rpmnew|rpmorig|rpmsave|nmmeta|bak)$|\.[A-Za-z0-9]{6}$/.test(name)) return false
  return root === 'etc' || name.endsWith('.nmconnection')
}

/** Of the daemon itself. */
export const isSettings = (path: string): boolean => settings.test(path)
