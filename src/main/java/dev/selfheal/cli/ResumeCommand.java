package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets automatic action go on. */
@Command(
    name = "resume",
    description = "Ends a pause, and clears an escalation: automatic action goes on.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ResumeCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Scope scope;

  @Mixin private ReceiverOptions options;

  ResumeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String path = scope.path("resume");
    Reply reply = options.receiver(around.environment()).post(path, Json.object(json -> {}));
    spec.commandLine().getOut().println(sentence(Answers.object(reply), new Words(reply.time())));
    return 0;
  }

  private String sentence(JsonNode resumed, Words words) {
    String done = scope.subject() + " resumed";
    if (!resumed.path("paused").asBoolean()) {
      return done;
    }
    JsonNode until = resumed.path("until");
    String end = until.isTextual() ? " until " + words.stamp(until.textValue()) : "";
    return done + ", but all targets are paused" + end + ": selfheal resume --all";
  }
}
