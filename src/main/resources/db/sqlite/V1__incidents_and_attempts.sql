-- Times are milliseconds since 1970-01-01 UTC. starts_at is text: with its fingerprint it is an identity, not a time.

create table incident (
  id integer primary key autoincrement,
  actuator text not null,
  target text not null,
  phase text not null check (phase in ('OPEN', 'ACTING', 'DECAYING', 'CLOSED')),
  opened_at integer not null,
  closed_at integer,
  closing text,
  confirm_always integer not null default 0,
  decaying_since integer,
  unconfirmed_since integer,
  escalation text,
  escalated_at integer,
  resumed_at integer
);
create unique index incident_open on incident (actuator) where phase <> 'CLOSED';
create index incident_closed on incident (closed_at) where phase = 'CLOSED';

-- A pair that was seen resolved stays here, so that a late firing notification does not reopen it.
create table pair (
  fingerprint text not null,
  starts_at text not null,
  incident integer references incident (id),
  source text not null,
  status text not null,
  first_heard integer not null,
  last_heard integer not null,
  repeat_ms integer,
  primary key (fingerprint, starts_at)
);
create index pair_incident on pair (incident);
create index pair_last_heard on pair (last_heard);

create table attempt (
  id integer primary key autoincrement,
  incident integer not null references incident (id),
  actuator text not null,
  target text not null,
  mode text not null,
  cause text not null,
  note text not null default '',
  holder text not null,
  drill integer not null default 0,
  state text not null check (state in ('AWAITING_APPROVAL', 'STARTED', 'SETTLED')),
  started_at integer not null,
  due_at integer not null,
  settled_at integer,
  outcome text,
  reason text,
  spends integer not null default 1,
  report text not null default ''
);
create unique index attempt_running on attempt (actuator) where state = 'STARTED';
create index attempt_unsettled on attempt (due_at) where state <> 'SETTLED';
create index attempt_actuator on attempt (actuator, started_at);
create index attempt_started on attempt (started_at);
create index attempt_incident on attempt (incident);

-- What arrived after an attempt was settled, or was seen about it later. Nothing here replaces the settlement.
create table attempt_remark (
  id integer primary key autoincrement,
  attempt integer not null references attempt (id),
  at integer not null,
  text text not null
);
create index attempt_remark_attempt on attempt_remark (attempt);

-- scope is an actuator, or * for all.
create table pause (
  scope text primary key,
  until integer,
  reason text not null,
  since integer not null
);

create table external_restart (
  actuator text primary key,
  at integer not null
);

create table probe (
  nonce text primary key,
  heard_at integer not null
);

create table heartbeat (
  id integer primary key check (id = 1),
  at integer not null
);
insert into heartbeat (id, at) values (1, 0);
