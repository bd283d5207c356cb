/** An expansion of the shell with braces (POSIX XCU 2.6.2), for templates, which would take them for their own. */
export const expansion = (words: string): string => ['$', '{', words, '}'].join('')
