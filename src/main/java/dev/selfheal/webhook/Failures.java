package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.dispatch.LedgerTrouble;
import dev.selfheal.ledger.LedgerException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong with a request into a status and one sentence. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiverHttp.class);

  /** Made beforehand: where memory is short, nothing else may be. */
  private static final byte[] BROKEN =
      "{\"error\":\"the receiver could not do this now: its journal says why\"}".getBytes(UTF_8);

  private final LedgerTrouble trouble;
  private final Refusal refusal;

  Failures(LedgerTrouble trouble, Clock clock) {
    this.trouble = trouble;
    this.refusal = new Refusal(clock);
  }

  void handle(RoutesConfig routes) {
    routes.exception(
        HttpError.class, (e, request) -> refusal.send(request, e.status(), e.sentence()));
    routes.exception(LedgerException.class, this::ledgerFails);
    routes.exception(MethodNotAllowedResponse.class, this::wrongMethod);
    routes.exception(
        HttpResponseException.class,
        (e, request) -> refusal.send(request, e.getStatus(), sentence(e)));
    routes.exception(
        HttpException.RuntimeException.class,
        (e, request) -> refusal.send(request, e.getCode(), "the request is not valid HTTP"));
    routes.exception(IOException.class, this::unread);
    routes.exception(Exception.class, this::ours);
  }

  /**
   * A heap that is full, a stack that overflows. The next try may find more room, so Alertmanager
   * is told to send again. Said here, because Javalin's log is off.
   */
  static void broken(HttpServletResponse response, Error error) {
    try {
      if (!response.isCommitted()) {
        response.reset();
        response.setStatus(503);
        response.setContentType("application/json");
        response.getOutputStream().write(BROKEN);
      }
    } catch (IOException e) {
      error.addSuppressed(e); // The sender has hung up.
    }
    LOG.error("a request could not be answered", error);
  }

  private void ledgerFails(LedgerException e, Context request) {
    trouble.met(e);
    refusal.send(request, 503, String.valueOf(e.getMessage()));
  }

  private void wrongMethod(MethodNotAllowedResponse e, Context request) {
    String methods = e.getDetails().getOrDefault("availableMethods", "");
    request.header("Allow", methods);
    refusal.send(request, 405, "this route takes " + methods.replace(", ", " or "));
  }

  /** The sender went away or was too slow; whoever still listens is told so. */
  private void unread(IOException e, Context request) {
    if (e instanceof EOFException) {
      refusal.hangUp(request, 400, "the body ends before its declared end");
    } else {
      refusal.hangUp(request, 408, "the body did not arrive in time");
    }
  }

  private void ours(Exception e, Context request) {
    LOG.error("a request could not be answered", e);
    refusal.send(request, 500, "this is an error of the receiver: its journal has the details");
  }

  private static String sentence(HttpResponseException e) {
    return e.getStatus() == 404
        ? "there is nothing here: see docs for the receiver's routes"
        : String.valueOf(e.getMessage());
  }
}
