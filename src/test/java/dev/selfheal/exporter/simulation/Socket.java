package dev.selfheal.exporter.simulation;

/** One TCP connection on the side of Ollama, with the kernel's numbers. */
final class Socket {
  static final String ESTABLISHED = "ESTAB";
  static final String CLOSE_WAIT = "CLOSE-WAIT";

  final int port;
  final int peer;
  String state = ESTABLISHED;
  long sent;
  long received;
  long lastSent;
  long lastReceived;
  long receiveQueue;
  long sendQueue;

  /** When an idle one is closed. */
  long idleUntil;

  Socket(int port, int peer, long now) {
    this.port = port;
    this.peer = peer;
    this.lastSent = now;
    this.lastReceived = now;
  }

  void send(long bytes, long now) {
    sent += bytes;
    lastSent = now;
  }

  void receive(long bytes, long now) {
    received += bytes;
    lastReceived = now;
  }

  /** The row that {@code ss -tinHO} writes. */
  void write(StringBuilder out, long now) {
    out.append(state).append(' ').append(receiveQueue).append("      ").append(sendQueue);
    out.append("      127.0.0.1:").append(port).append(" 127.0.0.1:").append(peer);
    out.append(" bbr wscale:10,10 rto:204 rtt:0.034/0.006 ato:40 mss:32768 rcvmss:536 cwnd:18");
    number(out, " bytes_sent:", sent);
    number(out, " bytes_acked:", sent);
    number(out, " bytes_received:", received);
    out.append(" segs_out:150 segs_in:152 bbr:(bw:13797046872bps,mrtt:0.019,pacing_gain:2.88672)");
    out.append(" send 138782117647bps");
    number(out, " lastsnd:", now - lastSent);
    number(out, " lastrcv:", now - lastReceived);
    out.append(" delivered:144 app_limited busy:4ms rcv_space:65483 snd_wnd:65536\n");
  }

  /** What is 0 is not written. */
  private static void number(StringBuilder out, String key, long value) {
    if (value != 0) {
      out.append(key).append(value);
    }
  }
}
