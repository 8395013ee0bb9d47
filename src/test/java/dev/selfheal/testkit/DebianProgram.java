package dev.selfheal.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program that the tests need and a Debian package brings. */
public enum DebianProgram {
  PROMETHEUS("prometheus", "prometheus"),
  PROMTOOL("promtool", "prometheus"),
  ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager"),
  AMTOOL("amtool", "prometheus-alertmanager"),
  NODE_EXPORTER("prometheus-node-exporter", "prometheus-node-exporter"),
  DASH("dash", "dash"),
  SHELLCHECK("shellcheck", "shellcheck"),
  FAKETIME("faketime", "faketime"),
  FLOCK("flock", "util-linux"),
  SETSID("setsid", "util-linux"),
  NSENTER("nsenter", "util-linux"),
  UNSHARE("unshare", "util-linux"),
  IP("ip", "iproute2"),
  NSPAWN("systemd-nspawn", "systemd-container"),
  DEBOOTSTRAP("debootstrap", "debootstrap"),
  LINTIAN("lintian", "lintian"),
  DPKG_DEB("dpkg-deb", "dpkg"),
  SYSTEMD_ANALYZE("systemd-analyze", "systemd"),
  SSHD("sshd", "openssh-server"),
  SSH_KEYGEN("ssh-keygen", "openssh-client");

  private final String command;
  private final String debianPackage;

  DebianProgram(String command, String debianPackage) {
    this.command = command;
    this.debianPackage = debianPackage;
  }

  /**
   * Its file.
   *
   * @throws AssertionError if it is missing, saying what to install: a test that cannot run fails
   */
  public Path path() {
    return on(System.getenv().getOrDefault("PATH", ""));
  }

  /** Its file in one of these folders, which stand as in {@code PATH}. */
  Path on(String folders) {
    return Stream.of(folders.split(File.pathSeparator))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(missing()));
  }

  private String missing() {
    return command
        + " is not on the PATH; install the Debian package "
        + debianPackage
        + ": apt-get install "
        + debianPackage;
  }
}
