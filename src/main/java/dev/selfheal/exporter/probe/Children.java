package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The children of a process: from the lists of its threads where the kernel has them, else from the
 * parents of all processes. The second way remembers who is no child, so that it reads only what is
 * new.
 */
final class Children {
  /** After so many looks nothing is remembered, in case a number was given to another process. */
  private static final int LOOKS_UNTIL_FORGOTTEN = 12;

  private final ProcFolder proc;
  private final Set<Long> strangers = new HashSet<>();
  private long lastParent;
  private int looks;

  Children(ProcFolder proc) {
    this.proc = proc;
  }

  /** The children's pids, in no order. One that begins or ends meanwhile may be left out. */
  List<Long> of(long parent) {
    List<String> lists =
        proc.numbersIn(parent + "/task").stream()
            .flatMap(thread -> proc.text(parent + "/task/" + thread + "/children").stream())
            .toList();
    return lists.isEmpty() ? byParent(parent) : lists.stream().flatMap(Children::pids).toList();
  }

  private static Stream<Long> pids(String list) {
    return Stream.of(list.strip().split(" ")).filter(s -> s.matches("\\d{1,9}")).map(Long::valueOf);
  }

  private List<Long> byParent(long parent) {
    looks++;
    if (parent != lastParent || looks % LOOKS_UNTIL_FORGOTTEN == 0) {
      strangers.clear();
      lastParent = parent;
    }
    List<Long> all = proc.pids();
    strangers.retainAll(new HashSet<>(all));
    return all.stream().filter(pid -> !strangers.contains(pid) && isChild(pid, parent)).toList();
  }

  private boolean isChild(long pid, long parent) {
    Optional<ProcessStat> stat = proc.stat(pid);
    if (stat.isPresent() && stat.get().parent() != parent) {
      strangers.add(pid);
    }
    return stat.isPresent() && stat.get().parent() == parent;
  }
}
