import type { Row } from '../measure.js'
import { type Level, levels } from './declared.js'
import { explain, type Telling } from './explain.js'
import { baselines } from './naive.js'
import { inconclusive, type Judged, percent, precision, ratio, type Share } from './score.js'
import type { Trial, Tried } from './trial.js'
import type { Truth } from './truth.js'

const verdicts = ['symmetric', 'asymmetric', 'flow-dependent'] as const satisfies readonly Truth[]
const goals = { precision: 0.99, half: 0.3, all: 0.15 }

/** What the trials amount to. Every wrong verdict is printed with what repeats it. */
export function report(trials: readonly Trial[], seed: number, how: { readonly tell: Telling; readonly seconds: number }): readonly Row[] {
  const tried = trials.flatMap((trial) => trial.tried)
  for (const one of tried) explain(one, seed, how.tell)
  const of = (level: Level): readonly Judged[] => tried.map(({ laid: { truth }, said }) => ({ truth, said: said[level] }))
  const asked = tried.flatMap(({ laid: { truth }, asked: said }) => (said === null ? [] : [{ truth, said }]))
  return [
    ...about(trials, tried, how.seconds),
    ...levels.flatMap((level) => precisionRows(`${level} declared`, of(level))),
    ...precisionRows('routers asked', asked),
    ...levels.flatMap((level) => openRows(`${level} declared`, of(level), level === 'none' ? null : goals[level])),
    ...openRows('routers asked', asked, null),
    ...naiveRows(tried),
  ]
}

function about(trials: readonly Trial[], tried: readonly Tried[], seconds: number): readonly Row[] {
  const sum = (part: (trial: Trial) => number): number => trials.reduce((total, trial) => total + part(trial), 0)
  const [built, namespaces] = [sum(({ builtIn }) => builtIn), sum((trial) => trial.namespaces)]
  const truths = verdicts.map((verdict) => `${tried.filter(({ laid }) => laid.truth === verdict).length} ${verdict}`).join(', ')
  const confirmed = (by: 'kernel' | 'flows'): number => tried.filter(({ laid }) => laid.confirmed.includes(by)).length
  return [
    row('topologies', `${tried.length}: ${truths}`),
    row('  built', `${(tried.length / built).toFixed(1)} a second (${namespaces} namespaces in ${built.toFixed(1)} s)`),
    row('  truth confirmed', `${confirmed('flows')} by watching real flows, ${confirmed('kernel')} by the kernels' own choice`),
    row(
      '  seconds',
      `${seconds.toFixed(0)} in all; ${sum(({ settledIn }) => settledIn).toFixed(0)} for the truth, ${sum(({ tracedIn }) => tracedIn).toFixed(0)} to trace and judge, ${sum(({ judgedIn }) => judgedIn).toFixed(0)} to judge twice more`,
    ),
  ]
}

function precisionRows(what: string, all: readonly Judged[]): readonly Row[] {
  return verdicts.flatMap((verdict) => {
    const [high, medium] = [precision(all, verdict, 'high'), precision(all, verdict, 'medium')]
    return [
      goal(`${what}: ${verdict}, high confidence`, high, (value) => value >= goals.precision, `at least ${goals.precision * 100} % right`),
      ...(medium.of === 0 ? [] : [row(`${what}: ${verdict}, medium confidence`, percent(medium))]),
    ]
  })
}

function openRows(what: string, all: readonly Judged[], most: number | null): readonly Row[] {
  const share = inconclusive(all, 'medium')
  const figure = `${percent(share)}; not with high confidence ${percent(inconclusive(all, 'high'))}`
  const value = ratio(share)
  const met = most === null || value === null ? null : value <= most
  return [{ what: `${what}: inconclusive`, figure, goal: most === null ? '' : `at most ${most * 100} %`, met }]
}

/** A baseline has no confidence, and calls everything one or the other. */
function naiveRows(tried: readonly Tried[]): readonly Row[] {
  return Object.keys(baselines).flatMap((name) => {
    const all = tried.flatMap(({ laid: { truth }, naive }): Judged[] => {
      const verdict = naive?.[name]
      return verdict === undefined ? [] : [{ truth, said: { verdict, confidence: 'high' } }]
    })
    return (['symmetric', 'asymmetric'] as const).map((verdict) =>
      row(`baseline, ${name}: ${verdict}`, percent(precision(all, verdict, 'high'))),
    )
  })
}

const row = (what: string, figure: string): Row => ({ what, figure, goal: '', met: null })

function goal(what: string, share: Share, holds: (value: number) => boolean, text: string): Row {
  const value = ratio(share)
  return { what, figure: percent(share), goal: text, met: value === null ? null : holds(value) }
}
