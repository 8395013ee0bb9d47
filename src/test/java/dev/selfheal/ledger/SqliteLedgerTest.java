package dev.selfheal.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a SQLite file keeps the contract of the ledger. */
class SqliteLedgerTest {

  @TempDir static Path fresh;
  @TempDir Path folder;

  /** Each test begins with a copy of one new ledger: to create one takes longer than a test. */
  @BeforeAll
  static void createLedger() {
    SqliteLedger.open(fresh.resolve("ledger.db"), Clock.systemUTC()).close();
  }

  private Ledger opened(Clock clock) {
    Path file = folder.resolve("ledger.db");
    try {
      if (Files.notExists(file)) {
        Files.copy(fresh.resolve("ledger.db"), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SqliteLedger.open(file, clock);
  }

  @Nested
  class News extends HearingContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Modes extends ModesContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Confirmations extends ConfirmationContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Settlements extends SettlementContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Drills extends DrillContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Pauses extends PauseContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Records extends RecordsContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }

  @Nested
  class Races extends RaceContract {
    @Override
    Ledger open(Clock time) {
      return opened(time);
    }
  }
}
