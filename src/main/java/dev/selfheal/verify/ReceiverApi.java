package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.Deployment.Receiver;
import dev.selfheal.verify.Web.Answer;
import java.util.Optional;

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
    return good(path, get(path));
  }

  private static Answer good(String path, Answer answer) throws NoAnswerException {
    if (answer.status() != 200) {
      throw new NoAnswerException(path + ": status " + answer.status());
    }
    return answer;
  }

  /**
   * An answer of status 200; empty if the receiver does not know what it was asked about.
   *
   * @throws NoAnswerException for any other
   */
  public Optional<Answer> found(String path) throws NoAnswerException, InterruptedException {
    Answer answer = get(path);
    return answer.status() == 404 ? Optional.empty() : Optional.of(good(path, answer));
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
