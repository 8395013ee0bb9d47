package dev.selfheal.webhook;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Words what Jetty refuses before any route sees it: broken HTTP, headers that are too large. */
final class TransportErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (status == 501 || status == 505) {
      // Codings and versions that nobody sends are a fault of the sender, not of this receiver.
      status = 400;
      response.setStatus(status);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, "{\"error\":\"" + sentence(status) + "\"}", callback);
    return true;
  }

  private static String sentence(int status) {
    return switch (status) {
      case 408 -> "the request did not arrive in time";
      case 414 -> "the address is too long";
      case 431 -> "the headers are larger than 8 KiB";
      default -> status < 500 ? "this is not valid HTTP/1.1" : "this is an error of the receiver";
    };
  }
}
