package dev.selfheal.demo;

import java.time.Clock;

/** What the demo is played with: who takes part, how patiently, and where it is shown. */
record Stage(Cast cast, Tempo tempo, Screen screen, Watch watch, Clock clock) {}
