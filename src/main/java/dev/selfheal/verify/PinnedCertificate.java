package dev.selfheal.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts one certificate and no other: the receiver's own, from its file. Who shows it and holds
 * its key is the receiver, whatever name or address he was called by, so no name is compared.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {
  private final byte[] certificate;

  private PinnedCertificate(byte[] certificate) {
    this.certificate = certificate;
  }

  /**
   * What trusts the first certificate in a file; null if there is none that can be read, which is
   * the receiver's trouble and told by what it answers.
   */
  static @Nullable SSLContext in(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      byte[] only = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedCertificate(only)}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      return null;
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !Arrays.equals(chain[0].getEncoded(), certificate)) {
      throw new CertificateException("not the certificate in tls.cert_file");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
