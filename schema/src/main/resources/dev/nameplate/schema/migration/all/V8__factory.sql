-- A work order: what the factory may make, how much of it, when, and where.
-- serials: ANY, RANGE (first_unit to last_unit), or LISTED (batch_allowed).
-- used: units that ever got a certificate or handed in a key; counted in the transaction that records it, never above the quota.
-- verify_seconds: how long after its certificate a unit may stay unverified; unverified: LISTED or REVOKED when that is over.
create table batch (
    name           varchar(24)                 not null primary key,
    product        varchar(64)                 not null,
    profile        varchar(32)                 not null,
    key_origin     varchar(12)                 not null,
    protection     varchar(24)                 not null,
    quota          integer                     not null,
    serials        varchar(8)                  not null,
    first_unit     varchar(64),
    last_unit      varchar(64),
    starts_at      timestamp(6) with time zone,
    ends_at        timestamp(6) with time zone,
    retries        integer                     not null,
    verify_seconds bigint,
    unverified     varchar(8)                  not null,
    state          varchar(8)                  not null,
    used           integer                     not null,
    created_at     timestamp(6) with time zone not null,
    closed_at      timestamp(6) with time zone,
    closing_record bytea
);

create table batch_allowed (
    batch    varchar(24) not null references batch (name),
    unit     varchar(64) not null,
    primary key (batch, unit)
);

create table batch_station (
    batch   varchar(24) not null references batch (name),
    station varchar(32) not null,
    primary key (batch, station)
);

-- A place in a factory; it is an operator of the same name with the role station.
create table station (
    name       varchar(32)                 not null primary key,
    site       varchar(64)                 not null,
    added_at   timestamp(6) with time zone not null
);

-- One physical unit, in one batch for ever. The times are those of its present certificate, so each step has one answer.
-- tries: keys since the unit was reserved or reworked; keys: all it ever had.
-- package: the wrapped key of the present certificate, where the key was made here.
create table factory_unit (
    id           varchar(64)                 not null primary key,
    batch        varchar(24)                 not null references batch (name),
    state        varchar(10)                 not null,
    station      varchar(32)                 not null,
    tries        integer                     not null,
    reworks      integer                     not null,
    keys         integer                     not null,
    issuer       varchar(32),
    generation   integer,
    serial       bytea,
    key_hash     bytea,
    nonce        bytea,
    reason       varchar(200),
    reserved_at  timestamp(6) with time zone,
    keyed_at     timestamp(6) with time zone,
    issued_at    timestamp(6) with time zone,
    delivered_at timestamp(6) with time zone,
    written_at   timestamp(6) with time zone,
    verified_at  timestamp(6) with time zone,
    closed_at    timestamp(6) with time zone,
    ended_at     timestamp(6) with time zone,
    package      bytea
);

create index factory_unit_batch on factory_unit (batch, id);

-- What a station did in an hour, added up in the transactions that did it.
create table factory_tally (
    batch    varchar(24)                 not null,
    station  varchar(32)                 not null,
    from_at  timestamp(6) with time zone not null,
    issued   integer                     not null,
    retried  integer                     not null,
    verified integer                     not null,
    scrapped integer                     not null,
    reworked integer                     not null,
    primary key (batch, station, from_at)
);

-- The key-encryption key of a batch and station, as it was handed over: encrypted to the station's own key, and recorded before it
-- left. recipient: the SHA-256 of that key.
create table batch_kek (
    batch        varchar(24)                 not null references batch (name),
    station      varchar(32)                 not null,
    recipient    bytea                       not null,
    handover     bytea                       not null,
    check_value  varchar(6)                  not null,
    inside_token boolean                     not null,
    made_at      timestamp(6) with time zone not null,
    primary key (batch, station)
);
