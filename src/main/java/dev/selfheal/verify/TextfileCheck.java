package dev.selfheal.verify;

import dev.selfheal.verdict.ExporterPage;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a target's exporter writes its page here, and node_exporter finds and may read it. */
record TextfileCheck(String target, Page page, Clock clock) implements Check {

  /** As long as a page counts as fresh, however short the exporter's interval. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static final String RESTART =
      "systemctl enable --now selfheal-exporter.service; if it does not write: journalctl -u"
          + " selfheal-exporter.service";

  private static final String CLOSED =
      "let everybody enter its folder: chmod o+x; and read it: chmod 644";

  /**
   * Where it lies.
   *
   * @param way how node_exporter comes to it
   */
  record Page(Path file, Once<PageSight> read, TextfileWay way) {}

  @Override
  public CheckName name() {
    return CheckName.TEXTFILE;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    PageSight sight = page.read().get();
    CheckResult written = judge(sight, clock.instant());
    Optional<CheckResult> obstacle = page.way().obstacle(page.file());
    boolean absent = written instanceof Failed && !sight.closed();
    return absent ? written : obstacle.orElse(written);
  }

  static CheckResult judge(PageSight page, Instant now) {
    if (!page.trouble().isEmpty()) {
      return new Failed(page.trouble(), page.closed() ? CLOSED : RESTART);
    }
    if (page.stamped().isEmpty()) {
      return new Failed("the textfile is not that of an exporter of ours", RESTART);
    }
    Duration age = Duration.between(page.written(), now);
    boolean fresh = ExporterPage.read(page.text(), now).fresh();
    // A page that was just written and says otherwise is a matter of clocks, which is told there.
    return fresh || age.compareTo(FRESH) <= 0
        ? new Ok("written " + Math.max(0, age.toSeconds()) + "s ago")
        : new Failed(
            "the exporter has not written its textfile for " + age.toSeconds() + "s",
            "systemctl restart selfheal-exporter.service; if it does not write: journalctl -u"
                + " selfheal-exporter.service");
  }
}
