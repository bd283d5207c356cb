const numerals = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** `Two`, `11`: a number as a sentence begins with it. */
export const numeral = (count: number): string => numerals[count] ?? String(count)

/** Parts of a message, without those that say nothing. */
export const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')
