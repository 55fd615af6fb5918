-- One script for H2 and PostgreSQL. Times have microseconds, binary columns hold octets as they are on the wire.

create table device (
    id            varchar(64)                 not null primary key,
    state         varchar(16)                 not null,
    attributes    varchar(16384)              not null,
    registered_at timestamp(6) with time zone not null
);

create table enrolment_code (
    id           varchar(16)                  not null primary key,
    device       varchar(64)                 not null references device (id),
    label        varchar(64),
    salt         bytea                       not null,
    hash         bytea                       not null,
    created_at   timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null,
    used_at      timestamp(6) with time zone,
    cancelled_at timestamp(6) with time zone
);

create index enrolment_code_device on enrolment_code (device, created_at);

-- Every index over something random costs a page per new row: there is one per question that is asked for every request.
-- A certificate is found by the serial in it and then compared, so its fingerprint needs no index.
-- serial: 20 octets, big endian, so that their order is the order of the numbers.
-- renews: the fingerprint of the certificate on whose authority this one was issued, to find the successors of a certificate.
create table certificate (
    serial            bytea                       not null,
    issuer            varchar(32)                 not null,
    generation        integer                     not null,
    request           bytea                       not null,
    round             integer                     not null,
    renews            bytea,
    key_hash          bytea                       not null,
    holder_kind       varchar(8)                  not null,
    holder_name       varchar(64)                 not null,
    profile           varchar(32)                 not null,
    label             varchar(64)                 not null,
    credential        varchar(100)                not null,
    not_before        timestamp(6) with time zone not null,
    not_after         timestamp(6) with time zone not null,
    issued_at         timestamp(6) with time zone not null,
    first_used_at     timestamp(6) with time zone,
    revoked_at        timestamp(6) with time zone,
    revocation_reason smallint,
    invalidity_date   timestamp(6) with time zone,
    der               bytea                       not null,
    constraint certificate_serial unique (serial, issuer, generation),
    constraint certificate_request unique (request, round)
);

create index certificate_renews on certificate (renews);
create index certificate_holder on certificate (holder_name);

-- Whose every key is, for ever.
create table key_owner (
    key_hash    bytea                       not null primary key,
    holder_kind varchar(8)                  not null,
    holder_name varchar(64)                 not null,
    first_seen  timestamp(6) with time zone not null
);

create table issuer_generation (
    issuer     varchar(32)                 not null,
    generation integer                     not null,
    state      varchar(16)                 not null,
    key_uri    varchar(1024)               not null,
    created_at timestamp(6) with time zone not null,
    primary key (issuer, generation)
);

-- Position 0 is the generation's own certificate, its parents follow.
create table issuer_chain (
    issuer     varchar(32) not null,
    generation integer     not null,
    position   smallint    not null,
    der        bytea       not null,
    primary key (issuer, generation, position),
    foreign key (issuer, generation) references issuer_generation (issuer, generation)
);

-- roles: in one column, with commas, sorted
create table operator (
    name       varchar(32)                 not null primary key,
    roles      varchar(128)                not null,
    added_at   timestamp(6) with time zone not null,
    removed_at timestamp(6) with time zone
);

create table audit_entry (
    number   bigint                      not null primary key,
    at       timestamp(6) with time zone not null,
    action   varchar(128)                not null,
    actor    varchar(128)                not null,
    subject  varchar(512)                not null,
    request  varchar(16),
    facts    varchar                     not null,
    previous bytea                       not null,
    hash     bytea                       not null
);

create table audit_seal (
    number    bigint                      not null,
    signer    bytea                       not null,
    hash      bytea                       not null,
    at        timestamp(6) with time zone not null,
    signature bytea                       not null,
    primary key (number, signer)
);

-- The end of the trail. Whoever writes anything locks this row first, so writers, also of several processes, take turns.
create table audit_head (
    id     smallint not null primary key,
    number bigint   not null,
    hash   bytea
);

insert into audit_head (id, number, hash)
values (1, 0, null);
