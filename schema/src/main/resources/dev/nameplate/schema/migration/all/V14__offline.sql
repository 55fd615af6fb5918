-- Units drawn ahead of time for a station that goes on without a network.
-- recipient, journal_key: the SHA-256 of the key that the units are encrypted to; the SubjectPublicKeyInfo that the journal is
-- signed with. header: what the station keeps, signed. entries, head: how much of the journal was reported, and the hash of its
-- last line. ended_at: nothing is taken from then on; settled_at: what was not used is revoked.
create table bundle (
    name        varchar(32)                 not null primary key,
    batch       varchar(24)                 not null references batch (name),
    station     varchar(32)                 not null,
    units       integer                     not null,
    recipient   bytea                       not null,
    journal_key bytea                       not null,
    header      bytea                       not null,
    drawn_at    timestamp(6) with time zone not null,
    expires_at  timestamp(6) with time zone not null,
    ended_at    timestamp(6) with time zone,
    settled_at  timestamp(6) with time zone,
    alarmed_at  timestamp(6) with time zone,
    entries     integer                     not null
);

create index bundle_batch on bundle (batch, name);

-- The slice: counted against the quota when it is drawn, and given back as far as no certificate was made for it.
create table bundle_unit (
    unit   varchar(64) not null primary key,
    bundle varchar(32) not null references bundle (name),
    place  integer     not null
);

create unique index bundle_unit_place on bundle_unit (bundle, place);

-- The lines of the journal that were reported, by their hash: a second journal of the same bundle differs in one of them.
create table bundle_entry (
    bundle varchar(32) not null references bundle (name),
    number integer     not null,
    hash   bytea       not null,
    primary key (bundle, number)
);
