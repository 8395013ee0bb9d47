package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Consents to an attempt that waits for approval. */
@Command(
    name = "approve",
    description =
        "Has an attempt begin that waits for approval, if nothing else stands in its way.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ApproveCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The attempt's number, as selfheal status shows it.")
  private long id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it is kept with the attempt.")
  private @Nullable String reason;

  @Option(
      names = "--wait",
      description = "Wait until it has ended: exit code 0 only if the target recovered.")
  private boolean wait;

  @Mixin private ReceiverOptions options;

  ApproveCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (id < 1) {
      throw CommandFailed.badInput("ID must be an attempt's number: selfheal status shows them");
    }
    Receiver receiver = options.receiver(around.environment());
    Reply reply = receiver.post("/api/v1/attempts/" + id + "/approve", Json.object(this::order));
    JsonNode answer = Answers.object(reply);
    String target = Answers.text(answer, "target");
    if (answer.path("attempt").asLong(0) != id) {
      throw Answers.foreign();
    }
    out().println("attempt " + id + " on " + target + " has begun");
    if (wait) {
      out().flush();
      String end = new Following(receiver, around.pauser()).toTheEnd(TargetName.inPath(target), id);
      out().println(end);
    }
    return 0;
  }

  private void order(JsonGenerator json) throws IOException {
    if (reason != null) {
      json.writeStringField("reason", reason);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
