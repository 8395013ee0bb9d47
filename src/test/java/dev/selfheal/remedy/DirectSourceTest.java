package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.RESTART_REFUSED;
import static dev.selfheal.remedy.Reason.WITHDRAWN;

import org.junit.jupiter.api.Test;

/** Alerts that an exporter sends itself: three missed repeats withdraw them. */
class DirectSourceTest {

  @Test
  void isWithdrawnExactlyThreeRepeatsAfterItWasLastHeard() {
    new Timeline()
        .exporterReports("20s")
        .after("40s")
        .exporterReports("20s")
        .after("59s")
        .after("999ms")
        .expect(restart(ALERT_FIRING))
        .after("1ms")
        .expect(nothing(WITHDRAWN));
  }

  @Test
  void repeatsEachMinuteIfItPromisesNothing() {
    new Timeline()
        .exporterReports(null)
        .after("2m59s")
        .expect(restart(ALERT_FIRING))
        .after("1s")
        .expect(nothing(WITHDRAWN));
  }

  @Test
  void withdrawalIsNotARecoveryEvenAfterAProvenOne() {
    new Timeline()
        .exporterReports("10s")
        .attempt(RECOVERED)
        .after("30s")
        .expect(nothing(WITHDRAWN));
  }

  @Test
  void aResolveByTheExporterIsAResolve() {
    new Timeline()
        .exporterReports("10s")
        .resolves("direct")
        .after("1h")
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void anotherAlertKeepsTheIncidentOfAWithdrawnOneOpen() {
    new Timeline()
        .exporterReports("10s")
        .alertFires()
        .after("30s")
        .expect(restart(ALERT_FIRING))
        .alertResolves()
        .expect(nothing(WITHDRAWN));
  }

  @Test
  void anAlertOfAlertmanagerIsNeverWithdrawnBySilence() {
    new Timeline()
        .alertFires()
        .after("4h")
        .asked(Confirmation.STALLED)
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void anEscalatedIncidentClosesWhenItsExporterFallsSilent() {
    new Timeline()
        .exporterReports("1m")
        .escalated(RESTART_REFUSED)
        .after("3m")
        .expect(nothing(WITHDRAWN));
  }
}
