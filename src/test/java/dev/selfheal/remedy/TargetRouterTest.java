package dev.selfheal.remedy;

import static dev.selfheal.remedy.Reason.AMBIGUOUS;
import static dev.selfheal.remedy.Reason.NO_TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import dev.selfheal.remedy.TargetRouter.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finds the one target that an alert concerns, or none. */
class TargetRouterTest {

  @Test
  void anAlertGoesToTheTargetThatItsLabelsSelect() {
    TargetRouter router = router(target("a", Map.of("instance", "a:9100")), target("b", "b:9100"));
    assertThat(router.route(Map.of("instance", "b:9100", "severity", "critical")))
        .isEqualTo(new Route.To(target("b", "b:9100")));
  }

  @Test
  void anAlertThatMatchesTwoTargetsIsAmbiguous() {
    TargetRouter router =
        router(target("a", Map.of("env", "prod")), target("b", Map.of("instance", "b:9100")));
    assertThat(router.route(Map.of("instance", "b:9100", "env", "prod")))
        .isEqualTo(new Route.Nowhere(AMBIGUOUS));
  }

  @Test
  void oneOfTwoTargetsWithASharedLabelIsFoundByItsOther() {
    Target wide = target("wide", Map.of("env", "prod", "instance", "a:9100"));
    Target other = target("other", Map.of("env", "prod", "instance", "b:9100"));
    assertThat(router(wide, other).route(Map.of("env", "prod", "instance", "a:9100")))
        .isEqualTo(new Route.To(wide));
  }

  @Test
  void anAlertThatMatchesNoTargetGoesNowhere() {
    assertThat(router(target("a", "a:9100")).route(Map.of("instance", "c:9100")))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
    assertThat(router().route(Map.of("instance", "c:9100")))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
  }

  @Test
  void aMissingLabelGoesNowhere() {
    assertThat(router(target("a", "a:9100")).route(Map.of("alertname", "OllamaFrozen")))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
    assertThat(router(target("a", "a:9100")).route(Map.of()))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
  }

  @Test
  void anEmptyMatchCatchesNothing() {
    assertThat(router(target("a", Map.of())).route(Map.of("instance", "a:9100")))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
  }

  @Test
  void theBuiltInTargetIsFoundByItsHost() {
    Target local = target("local", new Match(Map.of(), List.of("::1", "gpu-01")));
    assertThat(router(local).route(Map.of("instance", "[::1]:9100")))
        .isEqualTo(new Route.To(local));
    assertThat(router(local).route(Map.of("instance", "[::2]:9100")))
        .isEqualTo(new Route.Nowhere(NO_TARGET));
  }

  @Test
  void thousandsOfTargetsThatShareALabelAreFoundByWhatTellsThemApart() {
    List<Target> targets =
        IntStream.range(0, 5_000)
            .mapToObj(i -> target("t" + i, Map.of("a", "shared", "instance", "host-" + i)))
            .toList();
    TargetRouter router = new TargetRouter(targets);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(IntStream.range(0, 100_000)).allMatch(i -> finds(router, targets, i)));
  }

  private static boolean finds(TargetRouter router, List<Target> targets, int i) {
    Target expected = targets.get(i % targets.size());
    return router.route(expected.match().labels()).equals(new Route.To(expected));
  }

  private static TargetRouter router(Target... targets) {
    return new TargetRouter(List.of(targets));
  }

  private static Target target(String name, String instance) {
    return target(name, Map.of("instance", instance));
  }

  private static Target target(String name, Map<String, String> labels) {
    return target(name, Match.on(labels));
  }

  private static Target target(String name, Match match) {
    return new Target(
        name,
        match,
        new Control(name + ".service", List.of()),
        URI.create("http://127.0.0.1:11434"),
        new RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }
}
