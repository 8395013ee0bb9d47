package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
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
  /** The receiver may first ask a host, and then Alertmanager, which may both be silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The attempt's number, as selfheal status shows it.")
  private String number = "";

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
    long id = number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
    if (id == 0) {
      throw CommandFailed.badInput("ID must be an attempt's number: selfheal status shows them");
    }
    Receiver receiver = options.receiver(around.environment());
    String path = "/api/v1/attempts/" + id + "/approve";
    Reply reply = receiver.post(path, Json.object(this::order), PATIENCE);
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
