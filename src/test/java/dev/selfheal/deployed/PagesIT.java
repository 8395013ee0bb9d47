package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.testkit.RealPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What README.md and docs/ have people type, on a host on which all is deployed. */
@Timeout(400)
class PagesIT {
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void eachCommandOfThePagesEndsAsItsPageSays() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    OllamaUnit.install(machine);
    DeployedHost host = new DeployedHost(machine);
    host.follow(new OperatorsPage("One host"));
    assertThat(new Pages(host).wrong()).isEmpty();
  }
}
