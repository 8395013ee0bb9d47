package dev.selfheal.webhook;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file. */
final class PemCertificates {
  private static final String LABEL = "CERTIFICATE";

  private PemCertificates() {}

  /** All of them, in the file's order; at least one. Other blocks are passed over. */
  static List<X509Certificate> read(PemFile file) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemFile.Block block : file.blocks()) {
      if (block.label().equals(LABEL)) {
        certificates.add(certificate(file, block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw file.wrong("holds no certificate (BEGIN " + LABEL + ")");
    }
    return certificates;
  }

  private static X509Certificate certificate(PemFile file, PemFile.Block block, int number)
      throws TlsException {
    ByteArrayInputStream der = new ByteArrayInputStream(file.decode(block));
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
    } catch (CertificateException e) {
      throw file.wrong("is damaged, its certificate " + number + " cannot be read; copy it again");
    }
  }
}
