package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class UsualPortTest {

  @Test
  void ofTwoDemosThatBeginTogetherOneHasItAtMost() throws IOException {
    try (UsualPort first = UsualPort.claim();
        UsualPort second = UsualPort.claim()) {
      assertThat(first.isOurs() && second.isOurs()).isFalse();
    }
  }

  @Test
  void belongsToWhoeverListensThere() throws IOException {
    try (ServerSocket other = other();
        UsualPort usual = UsualPort.claim()) {
      assertThat(other.isBound()).isTrue();
      assertThat(usual.isOurs()).isFalse();
    }
  }

  /** This test, or somebody else on this machine. */
  private static ServerSocket other() throws IOException {
    try {
      return new ServerSocket(UsualPort.NUMBER, 1, InetAddress.getLoopbackAddress());
    } catch (BindException e) {
      return new ServerSocket(0);
    }
  }
}
