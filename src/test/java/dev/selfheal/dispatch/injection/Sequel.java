package dev.selfheal.dispatch.injection;

/** What becomes of a server that is restarted. */
enum Sequel {
  CURED,
  STILL_FROZEN,
  API_STAYS_SILENT,
  LOADS_LONG,
  LOADS_FOR_EVER,
  ON_THE_CPU,
  OLD_PROCESS_STAYS,
  DIES
}
