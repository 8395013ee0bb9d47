package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verdict.PromText;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.Optional;

/**
 * Whether the receiver that runs is the one that is installed.
 *
 * @param installed the version of this program
 */
record ReceiverVersionCheck(ReceiverApi api, String installed) implements Check {

  @Override
  public CheckName name() {
    return CheckName.RECEIVER_VERSION;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    try {
      return api.hindrance().isEmpty()
          ? judge(PromText.parse(api.good("/metrics").body()), installed)
          : new NotApplicable(api.hindrance());
    } catch (NoAnswerException e) {
      return new Failed(
          "the receiver does not show its version: " + e.why(),
          "systemctl restart selfheal.service");
    }
  }

  static CheckResult judge(PromText page, String installed) {
    Optional<String> running = page.labelOfOne("selfheal_build_info", "version");
    return running.equals(Optional.of(installed))
        ? new Ok("the installed one: " + installed)
        : new Failed(
            "the receiver runs version %s, and %s is installed"
                .formatted(running.orElse("unknown"), installed),
            "systemctl restart selfheal.service");
  }
}
