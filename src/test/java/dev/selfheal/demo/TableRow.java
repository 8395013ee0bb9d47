package dev.selfheal.demo;

/**
 * A row of the table of states that the detector must pass.
 *
 * @param name what state it is
 * @param play brings the state about, and says what the exporter must make of it
 */
record TableRow(String name, Play play) {

  /** What happens in a row. */
  @FunctionalInterface
  interface Play {

    /** Plays it on a stage that has a new server. */
    void on(RowStage stage) throws Exception;
  }

  /** A look at the state of a row from outside, at each page of the exporter. */
  @FunctionalInterface
  interface Check {

    /**
     * Looks.
     *
     * @throws AssertionError if the state is not there
     */
    void look(Sight sight) throws Exception;

    /** Both. */
    default Check and(Check other) {
      return sight -> {
        look(sight);
        other.look(sight);
      };
    }
  }
}
