package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.dispatch.Overview.Leave;
import dev.selfheal.dispatch.Overview.Standing;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Target;
import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import dev.selfheal.remedy.Target.Ssh;
import dev.selfheal.remedy.Target.SshFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetViewTest {
  private static final SshFiles FILES = new SshFiles(Path.of("/key"), Path.of("/known"));

  @Test
  void tellsWhereAnotherHostIsAndWhoLogsInThere() {
    assertThat(view(new Control("ollama.service", List.of(), ssh(null))).ssh())
        .isEqualTo(new TargetView.Ssh("gpu-02.example", 2222, "healer", null));
    assertThat(view(new Control(null, List.of(), ssh("docker restart ollama"))).ssh())
        .isEqualTo(new TargetView.Ssh("gpu-02.example", 2222, "healer", "docker restart ollama"));
  }

  @Test
  void aTargetOfTheReceiversOwnHostHasNone() {
    assertThat(view(new Control("ollama.service", List.of())).ssh()).isNull();
  }

  private static Ssh ssh(@Nullable String command) {
    return new Ssh("gpu-02.example", 2222, "healer", FILES, command);
  }

  private static TargetView view(Control control) {
    Target target =
        new Target(
            "gpu-02",
            Match.on(Map.of("instance", "gpu-02:9100")),
            control,
            URI.create("http://127.0.0.1:11434"),
            new RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
    return TargetView.of(
        new Standing(target, 3, new Leave(Mode.ACT, null, null), null, null, null));
  }
}
