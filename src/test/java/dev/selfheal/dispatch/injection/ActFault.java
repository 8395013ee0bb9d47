package dev.selfheal.dispatch.injection;

/** What goes wrong with a restart command on its way. */
enum ActFault {
  NONE,
  EXITS_WITH_ERROR,
  DOES_NOTHING,
  HANGS_DONE,
  HANGS_NOT_DONE,
  CUT_DONE,
  CUT_NOT_DONE,
  CUT_AND_HOST_GONE,
  CUT_AND_HOST_GONE_FOR_EVER,
  NOT_STARTED
}
