package dev.selfheal.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * The port that the receiver has elsewhere, if this demo may have it. The receiver binds it seconds
 * after it was found free, so a demo claims it at once, by the same port of an address of loopback
 * that nobody else uses: of two demos that begin together one takes another port.
 */
final class UsualPort implements AutoCloseable {
  static final int NUMBER = 9595;
  private static final byte[] CLAIMS = {127, 95, 95, 1};

  private final @Nullable ServerSocket claim;

  private UsualPort(@Nullable ServerSocket claim) {
    this.claim = claim;
  }

  /** Takes it if it is free. */
  static UsualPort claim() throws IOException {
    try (ServerSocket socket = listener(InetAddress.getLoopbackAddress())) {
      return new UsualPort(socket.isBound() ? listener(InetAddress.getByAddress(CLAIMS)) : null);
    } catch (BindException e) {
      return new UsualPort(null);
    }
  }

  boolean isOurs() {
    return claim != null;
  }

  @Override
  public void close() throws IOException {
    if (claim != null) {
      claim.close();
    }
  }

  private static ServerSocket listener(InetAddress address) throws IOException {
    return new ServerSocket(NUMBER, 1, address);
  }
}
