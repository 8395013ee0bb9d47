package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import java.net.URI;

/** The Alertmanager that is configured at the moment. Nothing here throws. */
public interface Alertmanager {

  /** Whether there is one. If not, it answers nothing and takes nothing. */
  boolean configured();

  /** Which alerts fire now; blocks for seconds. */
  ActiveAlerts active();

  /** The alerts that it tells people of now; blocks for seconds. */
  FiringAlerts firing();

  /** Posts an alert of this receiver's own; blocks for seconds. */
  Posted post(PostableAlert alert);

  /** Where people who read its messages find the incidents of a target. */
  URI incidentsOf(String target);
}
