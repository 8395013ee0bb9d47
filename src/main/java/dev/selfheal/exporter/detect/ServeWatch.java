package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stall clocks of the server itself: an API that is dead, an unload that hangs. */
final class ServeWatch {
  /** Ollama may block {@code /api/ps} for 20 s while it replaces a dead runner. */
  static final Duration LIST_MAY_BLOCK = Duration.ofSeconds(25);

  private @Nullable Duration deadSince;
  private @Nullable Duration listSilentSince;
  private Duration at = Duration.ZERO;

  /**
   * Notes what a sample says.
   *
   * @param serve the server's state; null if that is not known
   * @param listens whether the server is known to be there
   */
  void observe(Duration now, Api api, @Nullable ProcessState serve, boolean listens) {
    at = now;
    List<Answer<?>> answers = List.of(api.version(), api.installed(), api.loaded());
    if (serve == ProcessState.STOPPED) {
      deadSince = first(deadSince);
    } else if (answers.stream().anyMatch(ServeWatch::refused)) {
      deadSince = null;
    } else if (answers.stream().anyMatch(ServeWatch::alive)) {
      deadSince = null;
    } else if (listens && answers.stream().anyMatch(ServeWatch::silent)) {
      deadSince = first(deadSince);
    }
    if (silent(api.loaded()) && deadSince == null) {
      listSilentSince = first(listSilentSince);
    } else if (!(api.loaded() instanceof Answer.NotAsked<?>)) {
      listSilentSince = null;
    }
  }

  /** The stall of a server that takes connections and answers nothing; null if it is not so. */
  @Nullable Stalled dead(Thresholds thresholds) {
    return deadSince == null
        ? null
        : new Stalled(at.minus(deadSince), thresholds.apiDead(), StallReason.API_DEAD, null);
  }

  /**
   * The stall of a server that hangs while it ends a runner; null if it is not so.
   *
   * @param stuck how long ago a runner was last seen in state Z or D; null if none was
   * @param loaded how long ago a load last advanced, which explains both; null if none is under way
   */
  @Nullable Stalled wedged(
      Thresholds thresholds, @Nullable Duration stuck, @Nullable Duration loaded) {
    Duration since = listBlockedSince();
    if (since == null || stuck == null || at.minus(stuck).compareTo(since) < 0) {
      return null;
    }
    Duration blocked = at.minus(since);
    Duration stall = loaded == null || loaded.compareTo(blocked) > 0 ? blocked : loaded;
    return new Stalled(stall, thresholds.gpu(), StallReason.UNLOAD_WEDGED, null);
  }

  /** Since when the list of loaded models has been silent for too long; null if it is not so. */
  @Nullable Duration listBlockedSince() {
    boolean blocked =
        listSilentSince != null && at.minus(listSilentSince).compareTo(LIST_MAY_BLOCK) > 0;
    return blocked ? listSilentSince : null;
  }

  private Duration first(@Nullable Duration since) {
    return since == null ? at : since;
  }

  private static boolean silent(Answer<?> answer) {
    return answer instanceof Answer.Silent<?>;
  }

  private static boolean refused(Answer<?> answer) {
    return answer instanceof Answer.Refused<?>;
  }

  private static boolean alive(Answer<?> answer) {
    return answer instanceof Answer.Good<?> || answer instanceof Answer.Odd<?>;
  }
}
