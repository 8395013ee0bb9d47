package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for a restart, under the same policy and budget as an alert. */
@Command(
    name = "restart",
    description = "Asks for a restart, under the same policy and budget as an alert.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RestartCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/remediations";

  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TARGET",
      description = "The target's name, as selfheal status shows it.")
  private String target = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it is kept with the attempt.")
  private @Nullable String reason;

  @ArgGroup private @Nullable Manner manner;
  @Mixin private ReceiverOptions options;

  /** What is done besides asking, or instead. */
  static final class Manner {
    @Option(
        names = "--dry-run",
        description = "Only tell what would be decided now: exit code 0 for a restart, 1 if not.")
    private boolean dryRun;

    @Option(
        names = "--wait",
        description = "Wait until it has ended: exit code 0 only if the target recovered.")
    private boolean wait;
  }

  RestartCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    TargetName.inPath(target);
    Receiver receiver = options.receiver(around.environment());
    Reply reply = receiver.post(PATH, Json.object(this::order));
    if (manner != null && manner.dryRun) {
      return rehearsed(reply);
    }
    long attempt = Answers.object(reply).path("attempt").asLong(0);
    if (attempt == 0) {
      throw Answers.foreign();
    }
    boolean waits = Answers.text(Answers.object(reply), "state").equals("awaiting_approval");
    String what = waits ? " waits for approval: selfheal approve " + attempt : " has begun";
    out().println("attempt " + attempt + " on " + target + what);
    if (manner != null && manner.wait) {
      out().flush();
      out().println(new Following(receiver, around.pauser()).toTheEnd(target, attempt));
    }
    return 0;
  }

  private void order(JsonGenerator json) throws IOException {
    json.writeStringField("target", target);
    json.writeBooleanField("dry_run", manner != null && manner.dryRun);
    if (reason != null) {
      json.writeStringField("reason", reason);
    }
  }

  private int rehearsed(Reply reply) {
    JsonNode answer = Answers.object(reply);
    String decision = Answers.text(answer, "decision");
    String until = Answers.text(answer, "until");
    String end = until.isEmpty() ? "" : "; this ends " + new Words(reply.time()).when(until);
    String mode = decision.equals("restart") ? Answers.text(answer, "mode") : "";
    String but =
        switch (mode) {
          case "observe" -> ", but would only be recorded (observe mode)";
          case "approve" -> ", but would wait for approval";
          default -> "";
        };
    out().println(target + ": " + decision + ": " + Answers.text(answer, "sentence") + but + end);
    return decision.equals("restart") && but.isEmpty() ? 0 : 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
