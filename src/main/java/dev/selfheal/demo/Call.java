package dev.selfheal.demo;

import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to the API while it is being answered. When its client leaves, what it holds is let go.
 */
final class Call {
  private final OutputStream out;
  private final List<Runnable> onLeft = new ArrayList<>();
  private boolean left;

  Call(OutputStream out) {
    this.out = out;
  }

  /** Where the answer is written. */
  OutputStream out() {
    return out;
  }

  /** What to do when the client leaves; at once if it has left. */
  void onLeft(Runnable action) {
    synchronized (this) {
      if (!left) {
        onLeft.add(action);
        return;
      }
    }
    action.run();
  }

  /** Closes this socket when the client leaves. */
  void owns(Socket socket) {
    onLeft(() -> Sockets.close(socket));
  }

  /** The client has left. */
  void leave() {
    List<Runnable> actions;
    synchronized (this) {
      left = true;
      actions = List.copyOf(onLeft);
      onLeft.clear();
    }
    actions.forEach(Runnable::run);
  }

  synchronized boolean isLeft() {
    return left;
  }
}
