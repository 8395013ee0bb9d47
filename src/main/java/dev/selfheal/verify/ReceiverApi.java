package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.Deployment.Receiver;
import dev.selfheal.verify.Web.Answer;

/** The receiver, asked as an operator. */
public record ReceiverApi(Receiver receiver, Web web) {

  /** Any answer. */
  public Answer get(String path) throws NoAnswerException, InterruptedException {
    return web.get(receiver.at(path), receiver.operator().tokenOrNull());
  }

  /**
   * An answer of status 200.
   *
   * @throws NoAnswerException for any other
   */
  public Answer good(String path) throws NoAnswerException, InterruptedException {
    Answer answer = get(path);
    if (answer.status() != 200) {
      throw new NoAnswerException(path + ": status " + answer.status());
    }
    return answer;
  }

  /** Gives an order, as JSON; any answer. */
  public Answer order(String path, String json) throws NoAnswerException, InterruptedException {
    return web.post(receiver.at(path), receiver.operator().tokenOrNull(), json);
  }

  /** Delivers a notification, with the secret of the role that may do nothing else. */
  Answer deliver(String payload) throws NoAnswerException, InterruptedException {
    return web.post(
        receiver.at("/webhook/alertmanager"), receiver.webhook().tokenOrNull(), payload);
  }

  /** Why the operator's routes cannot be asked; empty if they can. */
  public String hindrance() {
    return receiver.operator().hindrance();
  }
}
