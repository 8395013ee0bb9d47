-- Freezes on purpose. attempt.drill names the one that was under way when the attempt was begun, 0 if none was.
create table drill (
  id integer primary key autoincrement,
  actuator text not null,
  target text not null,
  began_at integer not null,
  due_at integer not null,
  ended_at integer,
  passed integer not null default 0,
  took_ms integer not null default 0,
  verdict text not null default ''
);
create index drill_actuator on drill (actuator, id);
create index attempt_drill on attempt (drill) where drill <> 0;
