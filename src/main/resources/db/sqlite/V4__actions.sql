-- What an attempt does: the usual restart, or a step of its target's ladder.
alter table attempt add column action text not null default 'RESTART';
