package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import dev.selfheal.verify.Web.Answer;

/** Whether the receiver can write its ledger. It tells; nobody opens the file beside it. */
record LedgerCheck(ReceiverApi api) implements Check {
  private static final String MEND =
      "df -h /var/lib/selfheal; ls -ld /var/lib/selfheal, which user selfheal must own;"
          + " journalctl -u selfheal.service names the file";

  @Override
  public CheckName name() {
    return CheckName.LEDGER;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    try {
      return judge(api.get("/-/ready"));
    } catch (NoAnswerException e) {
      return new Failed("nobody tells whether the ledger can be written: " + e.why(), MEND);
    }
  }

  static CheckResult judge(Answer answer) {
    return answer.status() == 200
        ? new Ok("the receiver can write it")
        : new Failed(
            "the receiver is not ready, status " + answer.status() + answer.excerpt(), MEND);
  }
}
