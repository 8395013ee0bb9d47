package dev.selfheal.config;

import dev.selfheal.config.LadderConfig.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code targets[].ladder}, and checks it against the rest of its target. */
final class LadderReader {
  private static final String KILL = "kill";
  private static final String COMMAND = "command";

  static final Reader<LadderConfig> READER = LadderReader::read;

  /** A step that says what it runs. */
  private static final Reader<Rung> WITH_ARGV =
      Section.reader(
          section -> {
            List<String> argv = section.require(COMMAND, Argv.LOCAL);
            return argv == null ? null : new Rung(Step.COMMAND, argv);
          });

  private LadderReader() {}

  private record Rung(Step step, List<String> argv) {}

  private static @Nullable LadderConfig read(Node node, Problems problems) {
    List<Rung> rungs =
        Reader.atLeastOne("step", Reader.listOf(LadderReader::rung)).read(node, problems);
    if (rungs == null || problems.concern(node.place().path())) {
      return null;
    }
    List<Step> steps = rungs.stream().map(Rung::step).toList();
    Set<Step> seen = new HashSet<>();
    for (Step step : steps) {
      if (!seen.add(step)) {
        problems.error(
            node.place(), "has a step twice, but each is used once at most; remove one of them");
        return null;
      }
    }
    return new LadderConfig(steps, rungs.stream().flatMap(rung -> rung.argv().stream()).toList());
  }

  private static @Nullable Rung rung(Node node, Problems problems) {
    if (!(node instanceof Node.Scalar scalar) || scalar.isNothing()) {
      return WITH_ARGV.read(node, problems);
    }
    if (scalar.text().equals(KILL) || scalar.text().equals(COMMAND)) {
      return new Rung(scalar.text().equals(KILL) ? Step.KILL : Step.COMMAND, List.of());
    }
    String hint =
        scalar.isExpanded()
            ? "known here: " + KILL + ", " + COMMAND
            : Nearest.hint(scalar.text(), List.of(KILL, COMMAND));
    problems.error(node.place(), "is not a known step; " + hint);
    return null;
  }

  /** What is right for one target, and wrong for another. */
  static void check(TargetDraft draft) {
    LadderConfig ladder = draft.ladder();
    if (ladder != null) {
      Stream<String> wrong = draft.section().has("ssh") ? remote(draft, ladder) : local(ladder);
      List<String> all = new ArrayList<>(wrong.toList());
      if (ladder.steps().contains(Step.KILL) && !draft.section().has("unit")) {
        all.add("kills the processes of a unit, but the target has none; set unit, or remove kill");
      }
      Section section = draft.section();
      all.forEach(message -> section.problems().error(section.place("ladder"), message));
    }
  }

  private static Stream<String> local(LadderConfig ladder) {
    return ladder.steps().contains(Step.COMMAND) && ladder.command().isEmpty()
        ? Stream.of("does not say what command is; write command: [PROGRAM, ARGUMENT]")
        : Stream.empty();
  }

  private static Stream<String> remote(TargetDraft draft, LadderConfig ladder) {
    SshConfig ssh = draft.ssh();
    if (ssh != null && ssh.command() != null) {
      return Stream.of("needs the host agent, but the target has ssh.command; remove one of them");
    }
    return ladder.command().isEmpty()
        ? Stream.empty()
        : Stream.of(
            "has a command that would run on this host, but the target has ssh; write command"
                + " alone: selfheal-ladder.service over there says what it is");
  }
}
