package dev.selfheal.action;

import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.remedy.Action;
import java.time.Duration;
import java.util.Optional;

/**
 * The host of one target, from the first look at it to the end of an attempt. What goes wrong over
 * there, or on the way, is a value.
 */
public interface Host extends AutoCloseable {

  /** The unit that {@link #look} shows; empty if it shows none. */
  Optional<String> unit();

  /** Whether nothing can be done there while it cannot be looked at. */
  boolean remote();

  /** Looks at the unit, its processes and their sockets, and the exporter's page. */
  HostReport look(Duration limit) throws InterruptedException;

  /** Collects what a person may want to see later; what has not come in time is left out. */
  Gathered gather(Duration limit) throws InterruptedException;

  /** Clears systemd's counter of starts, which would refuse the next ones. */
  CommandResult resetFailed(Duration limit) throws InterruptedException;

  /** Acts on the server, if it runs. Not broken off half-way when the receiver ends. */
  CommandResult act(Action action, Duration limit) throws InterruptedException;

  /** What {@link #act} does, in words. */
  String line(Action action);

  /** Whether systemd is asked to restart, so that its counter of starts matters. */
  boolean throughSystemd();

  /**
   * Asks for a freeze in a way that systemd declines after it has asked polkit for the right, so
   * that nothing happens; its words tell which of the two declined.
   */
  CommandResult askToFreeze(Duration limit) throws InterruptedException;

  /**
   * Stops processes of the server, as a freeze does. Before that it arms a timer there, which lets
   * them go on, whatever becomes of this program and of the way to that host.
   */
  CommandResult freeze(Freeze freeze, Duration limit) throws InterruptedException;

  /** Lets the server's processes go on; harmless if none is stopped. */
  CommandResult thaw(Duration limit) throws InterruptedException;

  /** The server's API. */
  OllamaServer server();

  /** Ends the visit. */
  @Override
  void close();
}
