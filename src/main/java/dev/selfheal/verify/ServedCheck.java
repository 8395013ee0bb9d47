package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verdict.PromText;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether this host's node_exporter serves what the exporter of a target writes.
 *
 * @param url its page; null if there is none to ask
 */
record ServedCheck(String target, @Nullable URI url, Web web) implements Check {

  @Override
  public CheckName name() {
    return CheckName.SERVED;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (url == null) {
      return new NotApplicable("verify.node_exporter_url is none");
    }
    try {
      return judge(PromText.parse(web.get(url, null).body()));
    } catch (NoAnswerException e) {
      return new Failed("no node_exporter answers: " + e.why(), "see node_exporter");
    }
  }

  static CheckResult judge(PromText page) {
    if (!page.any("ollama_up", value -> true)) {
      return new Failed(
          "node_exporter serves no ollama_up",
          "start it with --collector.textfile.directory, and set"
              + " verify.node_exporter_textfile_folder to the same folder");
    }
    return page.any("node_textfile_scrape_error", value -> value != 0)
        ? new Failed(
            "node_exporter cannot read some textfile: node_textfile_scrape_error is not 0",
            "journalctl -u prometheus-node-exporter.service names the file; correct or remove it")
        : new Ok("node_exporter serves ollama_up");
  }
}
