export interface CompletionTable {
  readonly commands: readonly {
    readonly name: string
    readonly description: string
    readonly options: readonly string[]
    /** What the arguments may be; null for files. */
    readonly words: readonly string[] | null
  }[]
  /** What may follow an option; other options take files. */
  readonly values: Readonly<Record<string, readonly string[]>>
}

export function bashCompletion({ commands, values }: CompletionTable): string {
  const offer = (words: readonly string[]): string => `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word"))`
  const cases = Object.entries(values).map(([option, words]) => `    ${option}) ${offer(words)}; return ;;`)
  const arms = commands.map(({ name, options, words }) => {
    // Names of files may hold spaces.
    const other = words === null ? `local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$word"))` : offer(words)
    return `    ${name}) if [[ $word == -* ]]; then ${offer(options)}; else ${other}; fi ;;`
  })
  return `# netproof completion for bash: source <(netproof completion bash)
_netproof() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  case $previous in
${cases.join('\n')}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then
    ${offer([...commands.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case \${COMP_WORDS[1]} in
${arms.join('\n')}
  esac
}
complete -o filenames -F _netproof netproof
`
}

export function zshCompletion({ commands, values }: CompletionTable): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
  const cases = Object.entries(values).map(([option, words]) => `    ${option}) compadd -- ${words.join(' ')}; return ;;`)
  const arms = commands.map(({ name, options, words }) => {
    const other = words === null ? '_files' : `compadd -- ${words.join(' ')}`
    return `    ${name}) if [[ $word == -* ]]; then compadd -- ${options.join(' ')}; else ${other}; fi ;;`
  })
  return `#compdef netproof
_netproof() {
  local word=\${words[CURRENT]} previous=\${words[CURRENT-1]}
  case $previous in
${cases.join('\n')}
  esac
  if (( CURRENT == 2 )); then
    local -a names=(${commands.map(({ name, description }) => quoted(`${name}:${description}`)).join(' ')})
    _describe command names
    return
  fi
  case \${words[2]} in
${arms.join('\n')}
  esac
}
if [[ $funcstack[1] == _netproof ]]; then _netproof "$@"; else compdef _netproof netproof; fi
`
}

export function fishCompletion({ commands, values }: CompletionTable): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = commands.flatMap(({ name, description, options, words }) => {
    const inside = `-n '__fish_seen_subcommand_from ${name}'`
    const flags = options.map((option) => {
      const flag = option.startsWith('--') ? `-l ${option.slice(2)}` : `-s ${option.slice(1)}`
      const following = values[option]
      return `complete -c netproof ${inside} ${flag}${following === undefined ? '' : ` -x -a '${following.join(' ')}'`}`
    })
    const args = words === null ? [] : [`complete -c netproof ${inside} -f -a '${words.join(' ')}'`]
    return [`complete -c netproof -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`, ...flags, ...args]
  })
  return `# netproof completion for fish\n${lines.join('\n')}\n`
}
