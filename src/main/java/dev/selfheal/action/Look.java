package dev.selfheal.action;

import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.ApiAnswer.Answering;
import dev.selfheal.ollama.ApiAnswer.Silent;
import dev.selfheal.remedy.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a target at one moment after the act.
 *
 * @param unitOrNull null for a target without a unit
 */
record Look(ApiAnswer api, @Nullable UnitReading unitOrNull) {

  /**
   * Whether all is well that there is to see.
   *
   * @param beforeOrNull the unit's state before the act; null for a target without a unit
   */
  boolean good(@Nullable UnitState beforeOrNull) {
    if (beforeOrNull == null) {
      return answers();
    }
    return answers()
        && unitOrNull instanceof Known known
        && known.state().running()
        && known.state().startedSince(beforeOrNull);
  }

  /** What is wrong. The unit comes first, because an answer of an old process proves nothing. */
  Reason wrong(@Nullable UnitState beforeOrNull) {
    if (beforeOrNull == null) {
      return Reason.API_SILENT;
    }
    if (!(unitOrNull instanceof Known known)) {
      return Reason.UNIT_UNREADABLE;
    }
    if (!known.state().startedSince(beforeOrNull)) {
      return Reason.UNIT_UNCHANGED;
    }
    return answers() ? Reason.UNIT_NOT_ACTIVE : Reason.API_SILENT;
  }

  boolean answers() {
    return api instanceof Answering;
  }

  /** The API's part in words. */
  String apiLine() {
    return api instanceof Answering answering
        ? "the API answers, version " + answering.version()
        : "the API does not answer: " + ((Silent) api).why();
  }
}
