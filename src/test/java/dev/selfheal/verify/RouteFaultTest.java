package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.verify.CheckResult.Failed;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFaultTest {
  private static final URI RECEIVER = URI.create("http://127.0.0.1:9595");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to selfheal | http://127.0.0.1:9595/webhook/alertmanager | false | nothing arrives",
        "to selfheal | https://proxy.example/gpu/webhook/alertmanager | false | nothing arrives",
        "to selfheal | <secret> | false | nothing arrives",
        "to selfheal | http://127.0.0.1:9999/webhook/alertmanager | false | and not http://127.0.0.1:9595",
        "to humans | http://127.0.0.1:9595/webhook/alertmanager | true | which has no webhook",
        "silenced | http://127.0.0.1:9595/webhook/alertmanager | true | by the silence s1",
        "lost | http://127.0.0.1:9595/webhook/alertmanager | false | does not know it any more",
      })
  void namesTheLinkThatIsBroken(String what, String url, boolean certain, String seen) {
    RouteFault fault = fault(Map.of(), what, url);
    assertThat(fault.certain()).isEqualTo(certain);
    assertThat(fault.told()).isInstanceOf(Failed.class);
    assertThat(fault.told().seen()).contains(seen);
  }

  @Test
  void whereNothingArrivesTheUsualCauseIsMendedFirst() {
    CheckResult told = fault(Map.of(), "to selfheal", RECEIVER + "/webhook/alertmanager").told();
    assertThat(((Failed) told).mend())
        .startsWith(
            "adduser prometheus selfheal-webhook && systemctl restart prometheus-alertmanager.service");
  }

  @ParameterizedTest
  @CsvSource({"401, credentials", "403, credentials", "413, notifications"})
  void whatTheReceiverRefusesItHasHeard(String code, String what) {
    RouteFault fault = fault(Map.of(code, 1.0), "to selfheal", RECEIVER + "/webhook/alertmanager");
    assertThat(fault.certain()).isTrue();
    assertThat(fault.told().seen())
        .isEqualTo("the receiver refuses Alertmanager's %s: status [%s]".formatted(what, code));
  }

  private static RouteFault fault(Map<String, Double> refused, String what, String url) {
    String receiver = what.equals("to humans") ? "humans" : "selfheal";
    String silences = what.equals("silenced") ? "\"s1\"" : "";
    String alert =
        """
        {"receivers": [{"name": "%s"}], "status": {"silencedBy": [%s], "inhibitedBy": []}}
        """
            .formatted(receiver, silences);
    String config =
        """
        receivers:
          - name: selfheal
            webhook_configs: [{url: "%s"}]
          - name: humans
            email_configs: [{to: root}]
        """
            .formatted(url);
    return new RouteFault(
        refused,
        Trees.json(what.equals("lost") ? "[]" : "[" + alert + "]"),
        Trees.yaml(config),
        RECEIVER);
  }
}
