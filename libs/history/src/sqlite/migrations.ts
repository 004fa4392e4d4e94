import { sql, type Migration } from 'kysely'

/**
 * In order; a file's schema version (`user_version`) is how many of them it has seen. A migration that was
 * released is never edited: files in the wild have it behind them.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-runs': {
    async up(db) {
      for (const statement of RUNS) await sql.raw(statement).execute(db)
    },
  },
  '0002-pruned-runs': {
    async up(db) {
      await sql.raw(PRUNED_RUNS).execute(db)
    },
  },
  '0003-units': {
    async up(db) {
      for (const statement of UNITS) await sql.raw(statement).execute(db)
    },
  },
  '0004-metrics': {
    async up(db) {
      for (const statement of METRICS) await sql.raw(statement).execute(db)
    },
  },
}

export const SCHEMA_VERSION = Object.keys(MIGRATIONS).length

/**
 * Names are kept once: a case name is some 60 bytes, its result in a run about 8.
 * `case_run` is clustered by suite run, so that a run of 100,000 cases is appended and deleted as one range. It
 * has no index by case: a case's history goes through the runs, newest first, and looks each up by primary key.
 * `nth` tells apart cases of one name in one run. References are not enforced: for each name that
 * `prune` forgets, SQLite would go through all of `case_run`. Only `deleteRun` and `forgetUnused` delete.
 */
const RUNS = [
  `create table run (
    id integer primary key,
    run_id text not null unique,
    workspace text not null,
    command text not null,
    muster text not null,
    node text not null,
    platform text not null,
    workers integer not null,
    started_at integer not null,
    finished_at integer not null,
    complete integer not null,
    verdict text not null,
    suites integer not null,
    tests integer not null,
    passed integer not null,
    failed integer not null,
    skipped integer not null,
    flaky integer not null
  ) strict`,
  `create index run_by_start on run (started_at, run_id)`,
  `create table suite (id integer primary key, name text not null unique) strict`,
  `create table suite_run (
    id integer primary key,
    run integer not null references run,
    suite integer not null references suite,
    kind text not null,
    status text not null,
    message text,
    cached integer not null,
    origin_run text,
    origin_at integer,
    origin_source text,
    hash text,
    isolation text,
    duration_ms real not null,
    slow integer not null,
    tests integer not null,
    passed integer not null,
    failed integer not null,
    skipped integer not null,
    flaky integer not null
  ) strict`,
  `create index suite_run_by_suite on suite_run (suite)`,
  `create index suite_run_by_run on suite_run (run, suite)`,
  `create table attempt (
    suite_run integer not null references suite_run,
    nth integer not null,
    worker integer not null,
    isolation text not null,
    started_at integer not null,
    duration_ms real not null,
    status text not null,
    superseded text,
    primary key (suite_run, nth)
  ) strict, without rowid`,
  `create table test_file (id integer primary key, path text not null unique) strict`,
  `create table test_case (
    id integer primary key,
    suite integer not null references suite,
    name text not null,
    file integer not null references test_file,
    unique (suite, name, file)
  ) strict`,
  `create table case_run (
    suite_run integer not null references suite_run,
    test_case integer not null references test_case,
    nth integer not null,
    status integer not null,
    duration_ms real not null,
    attempts integer not null,
    hook integer not null,
    message text,
    primary key (suite_run, test_case, nth)
  ) strict, without rowid`,
]

/** So that a run which was pruned isn't read in again from a journal that is still there. */
const PRUNED_RUNS = `create table pruned_run (run_id text primary key) strict, without rowid`

/**
 * What runs of before don't know is null, or what it was before there was a choice. An attempt without a unit is
 * one of the suite as a whole. Verdicts are compared by content, and failures looked for, of which there are few.
 */
const UNITS = [
  `alter table run add column quarantined integer not null default 0`,
  `alter table run add column not_rerun integer not null default 0`,
  `alter table run add column machine text not null default ''`,
  `alter table run add column objective text not null default 'balanced'`,
  `alter table run add column utilisation real`,
  `alter table run add column halted text`,
  `alter table suite_run add column quarantined integer not null default 0`,
  `alter table suite_run add column not_rerun integer not null default 0`,
  `alter table suite_run add column unstable integer not null default 0`,
  `alter table suite_run add column priority text`,
  `alter table suite_run add column phase integer`,
  `alter table suite_run add column estimate_ms real`,
  `alter table suite_run add column score real`,
  `drop index suite_run_by_suite`,
  `create index suite_run_by_content on suite_run (suite, hash)`,
  `alter table attempt add column unit text`,
  `alter table attempt add column cpu_ms real`,
  `alter table attempt add column average_cpus real`,
  `alter table attempt add column peak_cpus real`,
  `alter table attempt add column average_memory real`,
  `alter table attempt add column peak_memory real`,
  `alter table attempt add column read_bytes real`,
  `alter table attempt add column written_bytes real`,
  `alter table attempt add column samples integer`,
  `alter table case_run add column quarantined integer not null default 0`,
  `create index case_run_troubled on case_run (suite_run) where status = 1 or attempts > 1`,
]

/** Of suites that measure, which are few: names are kept as they are. The value is the median of a run's samples. */
const METRICS = [
  `alter table suite_run add column revision text`,
  `create table metric_run (
    suite_run integer not null references suite_run,
    nth integer not null,
    benchmark text not null,
    metric text not null,
    unit text not null,
    better text not null,
    value real not null,
    primary key (suite_run, nth)
  ) strict, without rowid`,
]
