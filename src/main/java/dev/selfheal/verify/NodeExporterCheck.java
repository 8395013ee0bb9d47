package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a node_exporter on this host, for a target whose exporter writes here.
 *
 * @param url its page; null if there is none to ask
 */
record NodeExporterCheck(String target, @Nullable URI url, Web web) implements Check {

  @Override
  public CheckName name() {
    return CheckName.NODE_EXPORTER;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (url == null) {
      return new NotApplicable("verify.node_exporter_url is none");
    }
    try {
      Web.Answer answer = web.get(url, null);
      return answer.status() == 200
          ? new Ok("answers at " + url)
          : down(url + " answers with status " + answer.status());
    } catch (NoAnswerException e) {
      return down("no node_exporter answers at " + url + ": " + e.why());
    }
  }

  private static CheckResult down(String seen) {
    return new Failed(
        seen,
        "systemctl enable --now prometheus-node-exporter.service, or correct"
            + " verify.node_exporter_url");
  }
}
