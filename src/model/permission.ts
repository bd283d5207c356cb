/**
 * What only the user of a run can allow: whatever a fact does beside reading state and sending probes. Each is given by an
 * option of `netproof run`, and by the option of the same name of the API.
 */
export const permissions = {
  commands: { option: '--allow-commands', means: 'runs commands that the runbook brings along, which may change the host' },
} as const

export type Permission = keyof typeof permissions

export const permissionNames = Object.keys(permissions) as readonly Permission[]
