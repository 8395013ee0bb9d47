package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import dev.selfheal.verify.Web.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the receiver answers, and manages the targets that are configured.
 *
 * @param targets the names of all targets
 */
record ReceiverCheck(ReceiverApi api, List<String> targets, Account account) implements Check {

  /** No list of the receiver is longer. */
  private static final int MOST_LISTED = 1000;

  @Override
  public CheckName name() {
    return CheckName.RECEIVER;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    URI base = api.receiver().base();
    try {
      Answer healthy = api.get("/-/healthy");
      if (healthy.status() != 200) {
        return new Failed(
            base + " answers with status " + healthy.status() + healthy.excerpt(),
            "see what listens there: ss -ltnp; then journalctl -u selfheal.service");
      }
      return api.hindrance().isEmpty()
          ? compared(base, api.get("/api/v1/targets?limit=" + MOST_LISTED))
          : unseen(base, api.receiver().operator().missing(account.stranger()));
    } catch (NoAnswerException e) {
      return new Failed(
          "no receiver answers at " + base + ": " + e.why(),
          "systemctl restart selfheal.service; if it ends again: journalctl -u selfheal.service");
    }
  }

  private CheckResult compared(URI base, Answer list)
      throws NoAnswerException, InterruptedException {
    Set<String> listed = listed(list);
    List<String> judged = new ArrayList<>();
    for (String name : targets) {
      if (listed.contains(name) || listed.size() < MOST_LISTED || !knows(name)) {
        judged.add(name);
      }
    }
    return judge(base, list, judged);
  }

  /** Asked for one by one, because the list ends before them. */
  private boolean knows(String name) throws NoAnswerException, InterruptedException {
    String query = "?limit=1&target=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    return api.get("/api/v1/targets" + query).status() == 200;
  }

  private static Set<String> listed(Answer answer) {
    return Trees.items(Trees.json(answer.body()).path("targets"))
        .map(target -> target.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static CheckResult unseen(URI base, CheckResult missing) {
    return missing instanceof Failed
        ? missing
        : new Ok("answers at " + base + "; its targets are not compared: " + missing.seen());
  }

  static CheckResult judge(URI base, Answer answer, List<String> wanted) {
    if (answer.status() == 401 || answer.status() == 403) {
      return new Failed(
          base + " refuses the token in auth.operator_token_file: status " + answer.status(),
          "systemctl reload selfheal.service, so that it reads the file again");
    }
    JsonNode list = Trees.json(answer.body()).path("targets");
    if (answer.status() != 200 || !list.isArray()) {
      return new Failed(
          base + " does not answer like a receiver: status " + answer.status(),
          "let listen in the configuration name the receiver, and see what listens there: ss -ltnp");
    }
    Set<String> known = listed(answer);
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(known);
    return missing.isEmpty()
        ? new Ok("answers at " + base + ", targets: " + String.join(", ", new TreeSet<>(known)))
        : new Failed(
            "the receiver does not manage "
                + String.join(", ", missing)
                + ": its configuration is older than the file",
            "systemctl reload selfheal.service; journalctl -u selfheal.service tells of a bad file");
  }
}
