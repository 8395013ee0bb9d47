package dev.selfheal.webhook;

import dev.selfheal.dispatch.LedgerTrouble;
import dev.selfheal.ledger.LedgerException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong with a request into a status and one sentence. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiverHttp.class);

  private Failures() {}

  static void answer(RoutesConfig routes, LedgerTrouble trouble) {
    routes.exception(HttpError.class, (e, request) -> reply(request, e.status(), e.sentence()));
    routes.exception(
        LedgerException.class,
        (e, request) -> {
          trouble.met(e);
          reply(request, 503, String.valueOf(e.getMessage()));
        });
    routes.exception(
        HttpResponseException.class, (e, request) -> reply(request, e.getStatus(), plain(e)));
    routes.exception(
        HttpException.RuntimeException.class,
        (e, request) -> reply(request, e.getCode(), "the request is not valid HTTP"));
    routes.exception(IOException.class, (e, request) -> unread(request));
    routes.exception(
        Exception.class,
        (e, request) -> {
          LOG.error("a request could not be answered", e);
          reply(request, 500, "this is an error of the receiver: its journal has the details");
        });
  }

  /** The sender went away, or was too slow; whoever still listens is told so. */
  private static void unread(Context request) {
    request.header("Connection", "close");
    reply(request, 408, "the body did not arrive in time");
  }

  private static void reply(Context request, int status, String sentence) {
    request.status(status).json(Map.of("error", sentence));
  }

  private static String plain(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> "there is nothing here: see docs for the receiver's routes";
      case 405 -> "this route takes another method";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** What Jetty refuses before any route sees it: broken HTTP, headers that are too large. */
  static final class OfTransport extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      boolean ours = response.getStatus() >= 500;
      String sentence = ours ? "this is an error of the receiver" : "this is not a valid request";
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      Content.Sink.write(response, true, "{\"error\":\"" + sentence + "\"}", callback);
      return true;
    }
  }
}
