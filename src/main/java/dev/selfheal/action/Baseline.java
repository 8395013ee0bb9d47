package dev.selfheal.action;

import dev.selfheal.action.ProcessRow.Role;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a target was before the act: what the proof compares with.
 *
 * @param unitOrNull null for a target whose host shows no unit
 * @param processes the server's, as far as they are seen
 * @param models in its memory; empty if there were none or it did not say
 */
record Baseline(@Nullable UnitState unitOrNull, List<ProcessRow> processes, List<PsModel> models) {

  /** {@code keep_alive: -1} gives a time centuries ahead. */
  private static final Duration FOR_EVER = Duration.ofDays(365 * 100L);

  /** A process by its id and its start, so that a new one with an old id is another. */
  private record Life(long pid, long startTicks) {}

  Baseline {
    processes = List.copyOf(processes);
    models = List.copyOf(models);
  }

  /**
   * Whether a runner of then still lives, or the server of a unit. A restart command of the
   * operator's own may be content to end the runner. What has ended is not looked at.
   */
  boolean stillLives(List<ProcessRow> now) {
    Set<Life> before = lives(processes);
    return lives(now).stream().anyMatch(before::contains);
  }

  private Set<Life> lives(List<ProcessRow> rows) {
    return rows.stream()
        .filter(row -> row.state() != 'Z')
        .filter(row -> row.role() == Role.RUNNER || (row.role() == Role.SERVE && hasUnit()))
        .map(row -> new Life(row.pid(), row.startTicks()))
        .collect(Collectors.toSet());
  }

  private boolean hasUnit() {
    return unitOrNull != null;
  }

  /** The model that is asked whether it computes again: the smallest that was loaded. */
  Optional<PsModel> witness() {
    return smallest(models);
  }

  /** The smallest of some models. */
  static Optional<PsModel> smallest(List<PsModel> models) {
    return models.stream().min(Comparator.comparingLong(PsModel::size));
  }

  /** The question to a model that leaves it as it is. */
  static OneToken question(PsModel model, Instant now) {
    return new OneToken(model.name(), model.contextLength(), keepAlive(model, now));
  }

  /** One that is overdue is held by a request, and gets the server's usual time. */
  private static long keepAlive(PsModel model, Instant now) {
    if (model.expiresAt() == null) {
      return 0;
    }
    Duration left = Duration.between(now, model.expiresAt());
    return left.compareTo(FOR_EVER) > 0 ? -1 : Math.max(0, left.toSeconds());
  }

  /** Those of the models that ran on a GPU then and run on none now. */
  List<String> fellBack(List<PsModel> now) {
    Set<String> resident =
        models.stream().filter(PsModel::onGpu).map(PsModel::name).collect(Collectors.toSet());
    return now.stream()
        .filter(model -> resident.contains(model.name()) && model.size() > 0 && !model.onGpu())
        .map(PsModel::name)
        .toList();
  }
}
