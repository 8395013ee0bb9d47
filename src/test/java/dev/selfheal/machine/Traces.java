package dev.selfheal.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the machines of one JVM have on the host.
 *
 * @param processes theirs, and those that hold their namespaces
 * @param namespaces of those, such as {@code net:[4026531840]}
 * @param cgroups folders of their control groups
 * @param mounts lines of the host's table
 */
record Traces(
    Set<ProcessHandle> processes, Set<String> namespaces, Set<Path> cgroups, Set<String> mounts) {
  static final Traces NONE = new Traces(Set.of(), Set.of(), Set.of(), Set.of());

  private static final Path PROC = Path.of("/proc");

  /** What the machines of this JVM have now. */
  static Traces of(ProcessHandle jvm) {
    String home = network(jvm);
    Set<ProcessHandle> processes =
        jvm.descendants().filter(each -> !network(each).equals(home)).collect(Collectors.toSet());
    Set<String> namespaces =
        processes.stream()
            .flatMap(each -> namespaces("" + each.pid()))
            .collect(Collectors.toCollection(HashSet::new));
    namespaces("" + jvm.pid()).forEach(namespaces::remove);
    return new Traces(processes, namespaces, cgroups(jvm), mountTable());
  }

  /** What of it is still there, whoever has it. */
  Traces left() {
    Set<String> all =
        names(PROC)
            .filter(each -> each.matches("\\d+"))
            .flatMap(Traces::namespaces)
            .collect(Collectors.toSet());
    return new Traces(
        processes.stream().filter(ProcessHandle::isAlive).collect(Collectors.toSet()),
        namespaces.stream().filter(all::contains).collect(Collectors.toSet()),
        cgroups.stream().filter(Files::exists).collect(Collectors.toSet()),
        mountTable());
  }

  private static Set<Path> cgroups(ProcessHandle jvm) {
    return Cgroup.all()
        .filter(each -> each.getFileName().toString().startsWith(Cgroup.PREFIX + jvm.pid() + "-"))
        .collect(Collectors.toSet());
  }

  /** The script gives all its mounts this name. */
  private static Set<String> mountTable() {
    try (Stream<String> all = Files.lines(Path.of("/proc/self/mounts"))) {
      return all.filter(each -> each.startsWith("selfheal ")).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String network(ProcessHandle process) {
    return link(PROC.resolve(process.pid() + "/ns/net"));
  }

  private static Stream<String> namespaces(String pid) {
    Path folder = PROC.resolve(pid + "/ns");
    return names(folder).map(each -> link(folder.resolve(each))).filter(each -> !each.isEmpty());
  }

  /** The names in a folder; none if it is gone, as a process may be. */
  private static Stream<String> names(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  private static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
