import { expect, test } from 'vitest'
import { createSemaphore } from './semaphore.js'

const never = new AbortController().signal

test('lets in as many as there are places, then in turn', async () => {
  const semaphore = createSemaphore(2)
  const order: number[] = []
  const leave = await Promise.all([semaphore.acquire(never), semaphore.acquire(never)])
  const third = semaphore.acquire(never).then(() => order.push(3))
  const fourth = semaphore.acquire(never).then(() => order.push(4))
  await Promise.resolve()
  expect(order).toEqual([])
  leave[0]()
  leave[0]()
  await third
  expect(order).toEqual([3])
  leave[1]()
  await fourth
  expect(order).toEqual([3, 4])
})

test('an aborted wait gives up its turn', async () => {
  const semaphore = createSemaphore(1)
  const leave = await semaphore.acquire(never)
  const stop = new AbortController()
  const aborted = expect(semaphore.acquire(stop.signal)).rejects.toMatchObject({ reason: 'interrupted' })
  const next = semaphore.acquire(never)
  stop.abort()
  await aborted
  leave()
  await expect(next).resolves.toBeTypeOf('function')
})
