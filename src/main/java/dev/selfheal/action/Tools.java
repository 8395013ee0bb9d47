package dev.selfheal.action;

import dev.selfheal.ollama.OllamaApi;
import java.time.Clock;

/**
 * What an attempt works with.
 *
 * @param commands runs systemctl and restart commands
 * @param api answers for the targets' servers
 * @param clock the clock that attempts are written down by
 * @param pauser lets time pass between two looks
 */
record Tools(CommandRunner commands, OllamaApi api, Clock clock, Pauser pauser) {}
