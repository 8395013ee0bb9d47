package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whether there is an Alertmanager, by which a human is told. */
record AlertmanagerCheck(@Nullable AlertmanagerApi apiOrNull) implements Check {

  @Override
  public CheckName name() {
    return CheckName.ALERTMANAGER;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (apiOrNull == null) {
      return new Failed(
          "alertmanager_url is not set: no human is told when a target is given up",
          "set alertmanager_url in the configuration, then systemctl reload selfheal.service");
    }
    try {
      return judge(apiOrNull.base(), apiOrNull.status());
    } catch (NoAnswerException e) {
      return new Failed(
          "no Alertmanager answers at " + apiOrNull.base() + ": " + e.why(),
          "systemctl restart prometheus-alertmanager.service, or correct alertmanager_url");
    }
  }

  static CheckResult judge(URI base, JsonNode status) {
    JsonNode version = status.at("/versionInfo/version");
    return version.isMissingNode()
        ? new Failed(
            base + " does not answer like an Alertmanager",
            "correct alertmanager_url: http://HOST:9093, without /api")
        : new Ok("version " + version.asText() + " at " + base);
  }
}
