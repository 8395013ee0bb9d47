package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import dev.selfheal.child.Plain;
import dev.selfheal.ssh.SshFailure.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says whether the key that a host shows is the known one, and remembers why it is not. */
final class HostKeyCheck implements HostKeyRepository {
  private static final String RSA = "ssh-rsa";

  /** Those that are accepted, the best first; no SHA-1, no DSA, no certificates. */
  private static final List<String> ALGORITHMS =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");

  private final SshAddress address;
  private final KnownHosts known;
  private volatile @Nullable SshFailure refusal;
  private volatile boolean accepted;

  HostKeyCheck(SshAddress address, KnownHosts known) {
    this.address = address;
    this.known = known;
  }

  /** Why the key was refused, if it was. */
  Optional<SshFailure> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Whether the host has shown the key that it is known by. */
  boolean accepted() {
    return accepted;
  }

  /** What to ask the host for: kinds of key that it is known to have, and then the others. */
  String algorithms() {
    Set<String> types = known.types(address.knownName());
    List<String> ordered = new ArrayList<>(ALGORITHMS);
    // A stable sort: false comes before true.
    ordered.sort((a, b) -> Boolean.compare(!types.contains(typeOf(a)), !types.contains(typeOf(b))));
    return String.join(",", ordered);
  }

  @Override
  public int check(String host, byte[] key) {
    String name = address.knownName();
    List<KnownHost> entries = known.of(name);
    Optional<KnownHost> revocation = known.revocation(name, key);
    if (revocation.isPresent()) {
      refusal = revoked(key, revocation.get());
      return CHANGED;
    }
    if (entries.stream().anyMatch(entry -> entry.holds(key))) {
      accepted = true;
      return OK;
    }
    refusal = entries.isEmpty() ? unknown(key) : changed(key, entries.get(0));
    return entries.isEmpty() ? NOT_INCLUDED : CHANGED;
  }

  private SshFailure unknown(byte[] key) {
    return new SshFailure(
        Kind.HOST_KEY_UNKNOWN,
        shown(key)
            + ", and "
            + known.file()
            + " has no key for "
            + address.knownName()
            + "; compare it with ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub on that host, and only"
            + " if they are equal: "
            + keyscan());
  }

  private SshFailure changed(byte[] key, KnownHost entry) {
    return new SshFailure(
        Kind.HOST_KEY_CHANGED,
        shown(key)
            + ", but "
            + known.file()
            + " line "
            + entry.number()
            + " has another for it; somebody may stand in between, so find out first why it"
            + " changed. If the host was set up anew: ssh-keygen -R '"
            + address.knownName()
            + "' -f "
            + known.file()
            + " and then "
            + keyscan());
  }

  private SshFailure revoked(byte[] key, KnownHost entry) {
    return new SshFailure(
        Kind.HOST_KEY_CHANGED,
        shown(key)
            + ", which "
            + known.file()
            + " line "
            + entry.number()
            + " has revoked; somebody who stole it may stand in between. Give the host a new key");
  }

  private String shown(byte[] key) {
    String type = Plain.line(KnownHost.typeOf(key), 40);
    return address.title() + " shows the " + type + " key " + fingerprint(key);
  }

  private String keyscan() {
    return "ssh-keyscan -p " + address.port() + " " + address.host() + " >> " + known.file();
  }

  private static String typeOf(String algorithm) {
    return algorithm.startsWith("rsa-") ? RSA : algorithm;
  }

  private static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + new String(Base64.getEncoder().withoutPadding().encode(digest), US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return known.file().toString();
  }

  @Override
  public HostKey[] getHostKey() {
    return new HostKey[0];
  }

  /** None: the order of kinds and what is revoked are this class's own business. */
  @Override
  public HostKey[] getHostKey(String host, @Nullable String type) {
    return new HostKey[0];
  }

  @Override
  public void add(HostKey key, UserInfo user) {
    throw new UnsupportedOperationException("known hosts are never written");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("known hosts are never written");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("known hosts are never written");
  }
}
