package dev.selfheal.verify;

import dev.selfheal.verdict.PromText;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.Optional;

/**
 * Whether a target's exporter is of the version that is installed here.
 *
 * @param installed the version of this program
 */
record ExporterVersionCheck(String target, Once<PageSight> page, String installed)
    implements Check {

  @Override
  public CheckName name() {
    return CheckName.EXPORTER_VERSION;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    return judge(page.get().text(), installed);
  }

  static CheckResult judge(String text, String installed) {
    Optional<String> running =
        PromText.parse(text).labelOfOne("selfheal_exporter_build_info", "version");
    if (running.isEmpty()) {
      return new NotApplicable("no exporter tells its version");
    }
    return running.get().equals(installed)
        ? new Ok("the installed one: " + installed)
        : new Failed(
            "the exporter runs version %s, and %s is installed here"
                .formatted(running.get(), installed),
            "apt install ./ollama-selfheal_*_all.deb of version %s, on its host; systemctl restart"
                    .formatted(installed)
                + " selfheal-exporter.service");
  }
}
