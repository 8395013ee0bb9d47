package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetLineTest {

  private static final Decision BUSY = new Decision.Hold(Instant.EPOCH, Reason.FLEET_BUSY);
  private static final Decision SHARE = new Decision.Hold(Instant.EPOCH, Reason.FLEET_SHARE);
  private static final Decision RESTART = new Decision.Restart(Mode.ACT, Reason.ALERT_FIRING);
  private static final Decision OVER = new Decision.Nothing(Reason.ALERT_RESOLVED);

  private final List<String> looks = new ArrayList<>();
  private final FleetLine line = new FleetLine(looks::add);

  @Test
  void callsTheOneThatWaitsLongestWhenAPlaceIsFree() {
    line.decided("a", BUSY);
    line.decided("b", BUSY);
    line.decided("a", BUSY);
    line.free(true);
    assertThat(looks).containsExactly("a");
    line.decided("a", RESTART);
    assertThat(looks).containsExactly("a");
  }

  @Test
  void callsTheNextIfTheOneItCalledDoesNotTakeThePlace() {
    line.decided("a", BUSY);
    line.decided("b", BUSY);
    line.free(true);
    line.decided("a", OVER);
    assertThat(looks).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource(names = "ACT", mode = EnumSource.Mode.EXCLUDE)
  void callsTheNextIfTheOneItCalledOnlyWaitsForApprovalOrIsOnlyRecorded(Mode mode) {
    line.decided("a", BUSY);
    line.decided("b", BUSY);
    line.free(true);
    line.decided("a", new Decision.Restart(mode, Reason.ALERT_FIRING));
    assertThat(looks).containsExactly("a", "b");
  }

  @Test
  void stopsCallingWhenSomebodyElseTookThePlace() {
    line.decided("a", BUSY);
    line.decided("b", BUSY);
    line.free(true);
    line.decided("a", BUSY);
    assertThat(looks).containsExactly("a");
    line.free(true);
    assertThat(looks).containsExactly("a", "a");
  }

  @Test
  void callsThoseThatTheShareHoldsOnlyIfTheAttemptDidNotSpend() {
    line.decided("a", SHARE);
    line.decided("b", BUSY);
    line.free(true);
    assertThat(looks).containsExactly("b");
    line.decided("b", SHARE);
    line.free(false);
    line.decided("a", SHARE);
    assertThat(looks).containsExactly("b", "a", "b");
  }

  @Test
  void callsTwoWhenTwoPlacesBecomeFree() {
    line.decided("a", BUSY);
    line.decided("b", BUSY);
    line.free(true);
    line.free(true);
    assertThat(looks).containsExactly("a", "b");
  }

  @Test
  void callsNobodyWhoDoesNotWaitAnyMore() {
    line.decided("a", BUSY);
    line.decided("a", OVER);
    line.free(true);
    assertThat(looks).isEmpty();
  }
}
