package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes certificates with the JDK's {@code keytool}, as the JDK has no other way. Each name is made
 * once, when a test first asks for it.
 */
final class Forge {
  private static final String PASSWORD = "changeit";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
  private static final String EC = "-keyalg EC -groupname secp256r1";

  private final Path store;

  /** Works in a folder that the test removes. */
  Forge(Path folder) {
    this.store = folder.resolve("forge.p12");
  }

  /** An authority; another one with the same name and another key is another authority. */
  Forge authority(String alias, String name) throws Exception {
    return keytool(alias, name, EC + " -ext bc:c -validity 2");
  }

  /** A certificate for 127.0.0.1, valid today and tomorrow. */
  Forge certificate(String alias, String authority) throws Exception {
    return certificate(alias, authority, EC + " -validity 2");
  }

  /** The same with keytool's options for its key and its validity. */
  Forge certificate(String alias, String authority, String options) throws Exception {
    return keytool(alias, alias, "-signer " + authority + " -ext san=ip:127.0.0.1 " + options);
  }

  /** The certificate and those that sign it, in PEM. */
  String chain(String alias) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (Certificate each : load().getCertificateChain(alias)) {
      pem.append(pem("CERTIFICATE", each.getEncoded()));
    }
    return pem.toString();
  }

  /** The certificate alone, in PEM. */
  String certificate(String alias) throws Exception {
    return pem("CERTIFICATE", load().getCertificate(alias).getEncoded());
  }

  /** The private key, in PEM, as PKCS#8. */
  String key(String alias) throws Exception {
    return pem("PRIVATE KEY", privateKey(alias).getEncoded());
  }

  /** A key store with this certificate and its key, and nothing else. */
  KeyStore only(String alias) throws Exception {
    KeyStore one = empty();
    Certificate[] chain = load().getCertificateChain(alias);
    one.setKeyEntry(alias, privateKey(alias), PASSWORD.toCharArray(), chain);
    return one;
  }

  /** A key store that trusts this certificate, and nothing else. */
  KeyStore trusting(String alias) throws Exception {
    KeyStore one = empty();
    one.setCertificateEntry(alias, load().getCertificate(alias));
    return one;
  }

  static char[] password() {
    return PASSWORD.toCharArray();
  }

  /** One PEM block. */
  static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, LINES.encodeToString(der));
  }

  private Key privateKey(String alias) throws Exception {
    return load().getKey(alias, PASSWORD.toCharArray());
  }

  private Forge keytool(String alias, String name, String options) throws Exception {
    if (Files.exists(store) && load().containsAlias(alias)) {
      return this;
    }
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    argv.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keystore", store.toString()));
    argv.addAll(List.of("-storepass", PASSWORD, "-alias", alias, "-dname", "CN=" + name));
    argv.addAll(List.of(options.split(" ")));
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool failed: " + said);
    }
    return this;
  }

  private KeyStore load() throws Exception {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
