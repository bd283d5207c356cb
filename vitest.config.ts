import { defineConfig } from 'vitest/config'

const labs = ['src/**/*.lab.test.ts', 'test/**/*.lab.test.ts', 'test/lab/*.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['test/lab/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // No test leaves anything behind in its process, and to load the same modules for each file anew costs as much as the tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'here',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: labs,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // After what keeps every processor busy: hosts of a lab mostly wait, and some of what they are asked depends on time.
        test: { name: 'labs', include: labs, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
