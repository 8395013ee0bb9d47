package dev.selfheal.alert;

import java.time.Instant;

/**
 * The identity of one firing of one alert: the same labels that fire again later make another key.
 *
 * @param fingerprint Alertmanager's hash of the labels, 16 hex digits in lower case
 * @param startsAt when it began to fire, by the clock of the host that saw it; an identity, not a
 *     time to compare with this host's clock
 */
public record AlertKey(String fingerprint, Instant startsAt) {}
