package dev.selfheal.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.Loopback;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RawConnection;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands in the journal after everything that a sender may try. */
@Timeout(120)
class JournalIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String NASTY =
      "\0\1\b@<0>forged\r@<3>forged\t\u001b[31m\u0085\u009b\u200f\u202e\u2028\u2029 ${jndi:x} %n {}"
          .replace('@', '\n');

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void everyLineHasItsPriorityAndHoldsNeitherControlCharactersNorSecrets() throws Exception {
    ReceiverHome home = programs.add(new ReceiverHome());
    home.configure(Homes.target(home));
    ReceiverProcess receiver =
        programs.add(
            ReceiverProcess.startThrough(home, List.of("/usr/bin/env", "JOURNAL_STREAM=9:999")));
    receiver.awaitReady();
    deliverNasty(home);
    orderNasty(home);
    knockWithSecrets(home);
    home.configure(Homes.target(home) + "polcy: {x: \"\\e[31m\\n<0>forged\"}\n");
    receiver.reload();
    await().atMost(LIMIT).until(() -> receiver.log().contains("the old configuration stays"));
    await().atMost(LIMIT).until(() -> !home.read(Homes.RESTARTS).isEmpty());
    receiver.terminate();
    assertThat(receiver.endsWithin(LIMIT)).isTrue();
    isClean(receiver.log());
  }

  private static void isClean(String log) {
    assertThat(log.lines())
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.matches("<[346]>[^\\p{Cntrl}\\u0085\\u009b\\u202e\\u2028\\u2029]*"));
    assertThat(log.lines()).anyMatch(line -> line.startsWith("<3>"));
    assertThat(log.lines()).anyMatch(line -> line.startsWith("<4>"));
    assertThat(log.lines()).anyMatch(line -> line.startsWith("<6>"));
    assertThat(log)
        .contains("alert ignored", "requested by an operator", "automatic action is paused")
        .doesNotContain("\n<0>")
        .doesNotContain("\n<3>forged")
        .doesNotContain("\tat ")
        .doesNotContain(ReceiverHome.WEBHOOK_TOKEN)
        .doesNotContain(ReceiverHome.OPERATOR_TOKEN)
        .doesNotContain("a-mistyped-secret")
        .doesNotContain(Base64.getEncoder().encodeToString("jo:a-mistyped-secret".getBytes(UTF_8)));
  }

  private static void deliverNasty(ReceiverHome home) throws IOException {
    Notification body =
        Notification.empty()
            .alert(Notification.FIRING, Map.of("instance", NASTY, NASTY, NASTY))
            .alert(Notification.FIRING, Map.of("instance", "gpu-01:9100" + NASTY))
            .alert(Notification.FIRING, Map.of("alertname", NASTY, "instance", "gpu-01:9100"))
            .add(Notification.FIRING, NASTY, NASTY, Map.of(NASTY, NASTY))
            .add(NASTY, NASTY, NASTY, Map.of())
            .alert(Notification.FIRING, Map.of("selfheal_probe", NASTY));
    assertThat(home.client().notify(body.toString()).status()).isEqualTo(200);
    assertThat(home.client().notify("{\"version\":\"\n<0>forged\"").status()).isEqualTo(400);
  }

  private static void orderNasty(ReceiverHome home) throws IOException {
    String reason = "{\"reason\":\"\\n<0>forged \\u001b[31m\\u0000\\u2028 %n {}\"}";
    home.client().post("/api/v1/pause", reason).json();
    home.client().post("/api/v1/resume", reason).json();
    String target = reason.replace("{\"reason\"", "{\"target\":\"gpu-01\",\"reason\"");
    assertThat(home.client().post("/api/v1/remediations", target).status()).isEqualTo(202);
  }

  private static void knockWithSecrets(ReceiverHome home) throws IOException {
    URI targets = URI.create("http://" + home.address() + "/api/v1/targets");
    assertThat(Loopback.get(targets, "a-mistyped-secret").status()).isEqualTo(401);
    assertThat(Loopback.get(targets, ReceiverHome.WEBHOOK_TOKEN).status()).isEqualTo(403);
    String basic = Base64.getEncoder().encodeToString("jo:a-mistyped-secret".getBytes(UTF_8));
    for (String request :
        List.of(
            "GET /api/v1/targets?token=a-mistyped-secret HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/v1/targets HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + basic + "\r\n\r\n",
            "GET /%zz" + ReceiverHome.OPERATOR_TOKEN + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nHost: " + ReceiverHome.OPERATOR_TOKEN + "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: a\0" + basic + "\r\n\r\n")) {
      try (RawConnection connection = new RawConnection(targets.getPort())) {
        assertThat(connection.send(request).answer().status()).isBetween(400, 499);
      }
    }
  }
}
