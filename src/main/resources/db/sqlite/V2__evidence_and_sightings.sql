-- What a host showed of itself before it was touched.
alter table attempt add column evidence text not null default '';

-- Actuators whose last attempt ended unseen, and whose host has not been looked at since.
create table unsighted (
  actuator text primary key,
  attempt integer not null references attempt (id),
  since integer not null
);
