package dev.selfheal.demo;

/** In which manner a runner freezes. */
enum Manner {
  /** The incident's own: the thread that computes loops for ever, at 100 % of a core. */
  SPIN("the runner computes for ever, as in the incident"),
  /** A signal stops the whole process; that needs less time to be told from work. */
  STOP("the runner is stopped by SIGSTOP, which takes less time to prove");

  private final String words;

  Manner(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
