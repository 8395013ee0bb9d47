package dev.selfheal.deployed;

import static dev.selfheal.deployed.Breakage.typed;

import java.util.stream.Stream;

/** What can be wrong on a receiver's host: its exporter, its clock, its rights, its unit. */
final class OverThere {
  private static final String EXPORTER = "selfheal-exporter.service";
  private static final String EXPORTER_UNIT = "exporter_unit gpu-02";
  private static final String POLKIT = "/etc/polkit-1/rules.d/60-ollama-selfheal.rules";
  private static final String PAGE = "/run/selfheal-exporter/ollama.prom";

  private OverThere() {}

  /** The last one leaves the unit in another folder. */
  static Stream<Breakage> breakages() {
    return Stream.of(
        noRight(),
        otherClock(),
        stoppedExporter(),
        disabledExporter(),
        noPage(),
        stalePackage(),
        stoppedNodeExporter(),
        maskedOllama());
  }

  private static Breakage noRight() {
    String mend =
        "apt-get install --reinstall -o Dpkg::Options::=--force-confmiss"
            + " ./ollama-selfheal_*_all.deb";
    return new Breakage(
        "a polkit rule that is gone",
        typed("gpu-02# rm " + POLKIT),
        "restart_right gpu-02",
        mend,
        typed("gpu-02# " + mend).andThen(Rack::assertWhole));
  }

  private static Breakage otherClock() {
    String drop = "/etc/systemd/system/selfheal-exporter.service.d/clock.conf";
    String restart = "systemctl daemon-reload && systemctl restart " + EXPORTER;
    String fake =
        "LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 FAKETIME=+1h"
            + " FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1";
    String agent = "/usr/lib/selfheal/host-agent";
    return new Breakage(
        "a host whose clock is an hour off",
        rack -> {
          rack.gpu.write(drop, "[Service]\nEnvironment=" + fake + "\n");
          String skewed = "s#\"" + agent + "\"#\"env " + fake + " " + agent + "\"#";
          typed("gpu-02# " + restart, "gpu-02# sed -i '" + skewed + "' " + Rack.KEYS).accept(rack);
        },
        "clock gpu-02",
        "timedatectl, on both hosts",
        typed(
            "gpu-02# rm " + drop + " && " + restart,
            "gpu-02# sed -i 's#\"env [^\"]*\"#\"" + agent + "\"#' " + Rack.KEYS));
  }

  /** Its page is made old, which takes half a minute otherwise: that follows, and is not named. */
  private static Breakage stoppedExporter() {
    String stamp = "selfheal_exporter_last_run_timestamp_seconds";
    String mend = "systemctl enable --now " + EXPORTER;
    return new Breakage(
        "an exporter that is stopped",
        typed(
            "gpu-02# systemctl stop " + EXPORTER,
            "gpu-02# sed -i 's/^" + stamp + " .*/" + stamp + " 1000000000/' " + PAGE),
        EXPORTER_UNIT,
        mend,
        typed("gpu-02# " + mend));
  }

  private static Breakage disabledExporter() {
    String mend = "systemctl enable " + EXPORTER;
    return new Breakage(
        "an exporter that will not come back",
        typed("gpu-02# systemctl disable " + EXPORTER),
        EXPORTER_UNIT,
        mend + ", on that host",
        typed("gpu-02# " + mend));
  }

  private static Breakage noPage() {
    return new Breakage(
        "a host agent that looks for the page elsewhere",
        typed("gpu-02# sed -i s#^TEXTFILE=.*#TEXTFILE=/run/x.prom# " + Rack.AGENT_CONF),
        "textfile gpu-02",
        "TEXTFILE in " + Rack.AGENT_CONF + " names the page",
        typed("gpu-02# sed -i s#^TEXTFILE=.*#TEXTFILE=" + PAGE + "# " + Rack.AGENT_CONF));
  }

  private static Breakage stalePackage() {
    String deb = "install ./" + Deb.path().getFileName();
    return new Breakage(
        "a host that was left behind by an upgrade",
        rack -> Deb.install(rack.gpu, Deb.previous()),
        "exporter_version gpu-02",
        "apt install ./ollama-selfheal_",
        typed("gpu-02# apt-get -y " + deb).andThen(Rack::assertWhole));
  }

  private static Breakage stoppedNodeExporter() {
    String mend = "systemctl restart prometheus-node-exporter.service";
    return new Breakage(
        "a node_exporter that is stopped",
        typed("gpu-02# systemctl stop prometheus-node-exporter.service"),
        "scrape gpu-02",
        mend + ", on that host",
        typed("gpu-02# " + mend));
  }

  /** Only a unit of a package can be masked: that of Ollama's own installer is in the way. */
  private static Breakage maskedOllama() {
    String mend = "systemctl unmask ollama.service";
    return new Breakage(
        "an Ollama that is masked",
        typed(
            "gpu-02# mv /etc/systemd/system/ollama.service /lib/systemd/system/",
            "gpu-02# systemctl daemon-reload && systemctl mask ollama.service"),
        "target_unit gpu-02",
        mend,
        typed("gpu-02# " + mend));
  }
}
