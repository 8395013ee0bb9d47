package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;

/** Tells good answers from bad, and words the bad ones. */
record Refusals(Address address) {

  /**
   * The reply, if it is a good one.
   *
   * @throws CommandFailed if it is not
   */
  Reply check(Reply reply) {
    if (reply.status() == 200 || reply.status() == 202) {
      return reply;
    }
    throw failure(reply.status(), said(reply) + ending(reply));
  }

  private CommandFailed failure(int status, String said) {
    return switch (status) {
      case 400 -> CommandFailed.badInput("the receiver does not understand the order" + said);
      case 401 -> CommandFailed.notDone(unproven() + said);
      case 403 ->
          CommandFailed.notDone(
              "the token in "
                  + address.tokenFile()
                  + " may not do this; it takes the one of auth.operator_token_file"
                  + said);
      case 404 -> CommandFailed.notDone(unknown(said));
      case 409 -> CommandFailed.notDone("the receiver declines" + said);
      case 503 ->
          CommandFailed.forNow(
              "the receiver cannot do it now" + said + "; see journalctl -u selfheal");
      default ->
          CommandFailed.notDone(
              "unexpected answer from " + address.base() + ": status " + status + said);
    };
  }

  private String unproven() {
    return address.tokenFile() == null
        ? address.base() + " asks for the operator's token: name its file as --token-file"
        : address.base()
            + " does not know the token in "
            + address.tokenFile()
            + "; it takes the one of its auth.operator_token_file";
  }

  private String unknown(String said) {
    return said.isEmpty()
        ? "no selfheal receiver at " + address.base() + " (status 404): check --url"
        : "not found" + said + "; selfheal status shows the targets";
  }

  /** When whatever stands in the way ends; empty if the server does not say. */
  private static String ending(Reply reply) {
    try {
      JsonNode until = Json.parse(reply.body()).path("until");
      return until.isTextual()
          ? " (this ends " + new Words(reply.time()).when(until.textValue()) + ")"
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** The server's own sentence, after a colon; empty if there is none. */
  private static String said(Reply reply) {
    try {
      JsonNode error = Json.parse(reply.body()).path("error");
      return error.isTextual() ? ": " + error.textValue() : "";
    } catch (IOException e) {
      // Whatever else answers here need not speak JSON; the status is told.
      return "";
    }
  }
}
