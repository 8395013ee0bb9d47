package dev.selfheal.action;

import java.time.Clock;

/**
 * What an attempt works with.
 *
 * @param hosts the way to the targets' hosts
 * @param clock the clock that attempts are written down by
 * @param pauser lets time pass between two looks
 */
record Tools(Hosts hosts, Clock clock, Pauser pauser) {}
