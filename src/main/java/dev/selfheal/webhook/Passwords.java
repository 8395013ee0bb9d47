package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords against bcrypt hashes. That is slow on purpose, so a verdict is remembered under
 * a keyed hash of what was checked, and only one check runs at a time: a flood of guesses takes one
 * core at most.
 */
final class Passwords {

  private static final int REMEMBERED = 100;
  private static final String ALGORITHM = "HmacSHA256";

  private final Cache<String, Boolean> verdicts =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();
  private final Semaphore oneAtATime = new Semaphore(1, true);
  private final byte[] key = new byte[32];

  Passwords() {
    new SecureRandom().nextBytes(key);
  }

  boolean verify(String hash, String password) {
    String asked = keyed(hash + "\n" + password);
    Boolean known = verdicts.getIfPresent(asked);
    if (known != null) {
      return known;
    }
    oneAtATime.acquireUninterruptibly();
    try {
      return verdicts.get(asked, k -> check(hash, password));
    } finally {
      oneAtATime.release();
    }
  }

  /** bcrypt reads no more than 72 bytes of a password; longer ones are cut, as elsewhere. */
  private static boolean check(String hash, String password) {
    byte[] bytes = password.getBytes(UTF_8);
    byte[] read = bytes.length > 72 ? Arrays.copyOf(bytes, 72) : bytes;
    return BCrypt.verifyer().verify(read, hash.getBytes(UTF_8)).verified;
  }

  private String keyed(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
