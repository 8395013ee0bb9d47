package dev.selfheal.alert;

/** Whether an alert fires or has ended, as its sender says. */
public enum AlertStatus {
  FIRING,
  RESOLVED
}
