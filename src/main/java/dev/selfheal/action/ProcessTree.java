package dev.selfheal.action;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A process and those of its descendants that were seen. One whose parent has ended before it was
 * seen belongs to nobody, and is not found any more.
 */
final class ProcessTree {
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  // Not through Process.destroy(), which closes the output that is still to be read.
  ProcessTree(Process root) {
    seen.add(root.toHandle());
  }

  /** Asks all to end. */
  void terminate() {
    look();
    seen.forEach(ProcessHandle::destroy);
  }

  /** Kills all; those that have come since too. */
  void kill() {
    look();
    seen.forEach(ProcessHandle::destroyForcibly);
  }

  /** Completes when all that were seen until now have ended. */
  CompletableFuture<Void> gone() {
    return CompletableFuture.allOf(
        seen.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
  }

  private void look() {
    List.copyOf(seen).forEach(each -> each.descendants().forEach(seen::add));
  }
}
