/** Passwords of Ansible's own settings are used by nothing here, and must not reach a report by way of a runbook. */
const secretSetting = /^ansible_(?:\w+_)?(?:pass|password|passphrase|private_key)$/

export function isSecretSetting(name: string): boolean {
  return secretSetting.test(name)
}

/** What looks like a secret with its value, in INI or YAML: `ansible_ssh_pass=…`, `db_password: …`. */
const assignment = /([\w-]*(?:pass(?:word|wd|phrase)?|secret|token|api_?key|private_key)["']?\s*[=:]\s*)("[^"]*"?|'[^']*'?|[^\s,}]+)/gi

/** A line of an inventory as it may be shown: values that look like secrets become asterisks of the same length. */
export function withoutSecrets(line: string): string {
  return line.replace(assignment, (_, name: string, value: string) => name + '*'.repeat(value.length))
}
