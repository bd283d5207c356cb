/** The first few of a long list, in order, without sorting all of it. */
export class TopList<Item> {
  readonly items: Item[] = []
  constructor(
    readonly size: number,
    readonly compare: (a: Item, b: Item) => number,
  ) {}

  offer(item: Item): void {
    const last = this.items.at(-1)
    if (this.items.length === this.size && last !== undefined && this.compare(item, last) >= 0) return
    const at = this.items.findIndex((other) => this.compare(item, other) < 0)
    this.items.splice(at === -1 ? this.items.length : at, 0, item)
    if (this.items.length > this.size) this.items.pop()
  }
}
