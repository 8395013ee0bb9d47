package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows targets, open incidents and the last attempts of a running receiver. */
@Command(
    name = "status",
    description = "Shows targets, open incidents, budget left and the last attempts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 3600;

  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the receiver's own answers as one JSON object.")
  private boolean json;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "Look again and again, each 2 seconds or so many (1 to 3600); Ctrl-C ends it.")
  private @Nullable Integer watch;

  @Mixin private ReceiverOptions options;

  StatusCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Receiver receiver = options.receiver(around.environment());
    if (watch == null) {
      lines(receiver).forEach(spec.commandLine().getOut()::println);
    } else {
      Duration every = Duration.ofSeconds(checked(watch));
      boolean inPlace =
          !json && around.colours() && !"dumb".equals(around.environment().get("TERM"));
      new StatusWatch(spec.commandLine().getOut(), inPlace, around.pauser(), every)
          .run(() -> lines(receiver));
    }
    return 0;
  }

  private static int checked(int seconds) {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw CommandFailed.badInput("--watch takes 1 to " + MOST_SECONDS + " seconds");
    }
    return seconds;
  }

  private List<String> lines(Receiver receiver) {
    Reply targets = receiver.get("/api/v1/targets?limit=1000");
    Reply incidents = receiver.get("/api/v1/incidents?state=open&limit=1000");
    Reply attempts = receiver.get("/api/v1/attempts?limit=10");
    return json ? raw(List.of(targets, incidents, attempts)) : page(targets, incidents, attempts);
  }

  private List<String> page(Reply targets, Reply incidents, Reply attempts) {
    JsonNode whole = Answers.object(targets);
    List<String> lines = new ArrayList<>();
    Integer seconds = watch;
    if (seconds != null) {
      String rhythm = ", each " + Words.span(Duration.ofSeconds(seconds));
      targets.time().ifPresent(time -> lines.add(time + rhythm));
    }
    StatusPage page = new StatusPage(new Words(targets.time()), around.colours());
    lines.addAll(page.killSwitch(whole.path("paused")));
    lines.addAll(
        page.lines(
            Answers.list(targets, "targets"),
            Answers.list(incidents, "incidents"),
            Answers.list(attempts, "attempts")));
    return lines;
  }

  private static List<String> raw(List<Reply> replies) {
    try {
      return List.of(Json.merged(replies.stream().map(Reply::body).toList()));
    } catch (IOException e) {
      throw Answers.foreign();
    }
  }
}
