package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import dev.selfheal.verify.Web.Answer;
import java.time.Clock;

/** Whether the receiver takes a notification that shows the configured secret, and records it. */
record WebhookTokenCheck(ReceiverApi api, ProbeAlert probe, Clock clock, Account account)
    implements Check {

  @Override
  public CheckName name() {
    return CheckName.WEBHOOK_TOKEN;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (!api.receiver().webhook().hindrance().isEmpty()) {
      return api.receiver().webhook().missing(account.stranger());
    }
    try {
      Answer answer = api.deliver(probe.payload(clock.instant()));
      if (answer.status() != 200 || !api.hindrance().isEmpty()) {
        return judge(answer);
      }
      int found = api.get(probe.route()).status();
      return found == 200
          ? judge(answer)
          : new Failed(
              "the receiver took a probe and does not know it: status " + found,
              "journalctl -u selfheal.service");
    } catch (NoAnswerException e) {
      return new Failed(
          "the receiver takes no notification: " + e.why(), "journalctl -u selfheal.service");
    }
  }

  static CheckResult judge(Answer answer) {
    return switch (answer.status()) {
      case 200 -> new Ok("the receiver takes and records a notification with it");
      case 401, 403 ->
          new Failed(
              "the receiver refuses the token in auth.webhook_token_file: status "
                  + answer.status(),
              "systemctl reload selfheal.service, so that it reads the file again");
      default ->
          new Failed(
              "the receiver answers a notification with status "
                  + answer.status()
                  + answer.excerpt(),
              "journalctl -u selfheal.service");
    };
  }
}
