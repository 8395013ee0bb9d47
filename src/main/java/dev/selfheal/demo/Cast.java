package dev.selfheal.demo;

import org.jspecify.annotations.Nullable;

/**
 * Who takes part in the demo.
 *
 * @param receiverProgram its process, for its journal
 * @param prometheusOrNull null if the exporter itself tells the receiver
 */
record Cast(
    Host host,
    Tally clients,
    ReceiverView receiver,
    Program receiverProgram,
    @Nullable PrometheusView prometheusOrNull) {}
