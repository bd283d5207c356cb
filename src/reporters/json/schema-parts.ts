export const text = (description: string) => ({ type: 'string', description }) as const

/** A pattern rather than `format`, which validators are free to ignore. */
export const time = (description: string) =>
  ({
    type: 'string',
    pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`,
    description: `${description} ISO 8601.`,
  }) as const
