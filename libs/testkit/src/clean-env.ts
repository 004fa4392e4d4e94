/** What a test runner, Nx or a CI machine puts into the environment and a scratch workspace must not inherit. */
const FOREIGN = [
  /^NX_/,
  /^MUSTER_/,
  /^npm_/,
  /^GIT_/,
  /^GITHUB_/,
  /^GITLAB_/,
  /^BUILDKITE/,
  /^MOCHA_/,
  /^(CI|TF_BUILD|TRAVIS|CIRCLECI|CONTINUOUS_INTEGRATION|TEAMCITY_VERSION|JENKINS_URL|BUILD_ID|RUN_ID)$/,
  /^(NODE_OPTIONS|NODE_V8_COVERAGE|NODE_CHANNEL_FD|NODE_UNIQUE_ID|NODE_ENV|INIT_CWD)$/,
  /^(FORCE_COLOR|NO_COLOR|COLUMNS|LINES)$/,
]

export type Env = Record<string, string | undefined>

/**
 * The environment as a developer's shell would have it. These tests run under Muster under Nx, perhaps
 * in CI, and each of them leaves variables that change what an inner Nx does.
 */
export function cleanEnv(base: Env = process.env): Env {
  return Object.fromEntries(
    Object.entries(base).filter(([name]) => !FOREIGN.some((pattern) => pattern.test(name))),
  )
}
