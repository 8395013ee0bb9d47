package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops automatic action. */
@Command(
    name = "pause",
    description = "Stops automatic action on one target, or on all of them (the kill switch).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PauseCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Scope scope;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long, such as 30m, 2h or 1d (default: until selfheal resume).")
  private @Nullable String time;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; others see it in selfheal status.")
  private @Nullable String reason;

  @Mixin private ReceiverOptions options;

  PauseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    if (time != null && time.isBlank()) {
      throw CommandFailed.badInput("--for must be a time such as 30m, 2h or 1d");
    }
    String path = scope.path("pause");
    Reply reply = options.receiver(around.environment()).post(path, Json.object(this::order));
    spec.commandLine().getOut().println(sentence(Answers.object(reply), new Words(reply.time())));
    return 0;
  }

  private void order(JsonGenerator json) throws IOException {
    if (time != null) {
      json.writeStringField("for", time);
    }
    if (reason != null) {
      json.writeStringField("reason", reason);
    }
  }

  private String sentence(JsonNode paused, Words words) {
    String until = paused.path("until").asText("");
    String end =
        paused.path("until").isTextual()
            ? "until " + Harmless.text(until) + " (" + words.when(until) + ")"
            : "until selfheal resume " + scope.words();
    return scope.subject() + " paused " + end;
  }
}
