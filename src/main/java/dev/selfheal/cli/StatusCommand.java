package dev.selfheal.cli;

import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the receiver's own answers as one JSON object.")
  private boolean json;

  @Mixin private ReceiverOptions options;

  StatusCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Receiver receiver = options.receiver(around.environment());
    Reply targets = receiver.get("/api/v1/targets?limit=1000");
    Reply incidents = receiver.get("/api/v1/incidents?state=open&limit=1000");
    Reply attempts = receiver.get("/api/v1/attempts?limit=10");
    if (json) {
      print(raw(List.of(targets, incidents, attempts)));
    } else {
      print(page(targets, incidents, attempts));
    }
    return 0;
  }

  private List<String> page(Reply targets, Reply incidents, Reply attempts) {
    return new StatusPage(new Words(targets.time()), around.colours())
        .lines(
            Answers.list(targets, "targets"),
            Answers.list(incidents, "incidents"),
            Answers.list(attempts, "attempts"));
  }

  private static List<String> raw(List<Reply> replies) {
    try {
      return List.of(Json.merged(replies.stream().map(Reply::body).toList()));
    } catch (IOException e) {
      throw Answers.foreign();
    }
  }

  private void print(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
  }
}
