-- since: when a generation came into the state it is in.
alter table issuer_generation add column since timestamp(6) with time zone;
update issuer_generation set since = created_at;
alter table issuer_generation alter column since set not null;

-- Certificates that join the key of this generation to that of another one of the same root (RFC 9810, 4.4), or came with a chain.
create table issuer_link (
    issuer     varchar(32) not null,
    generation integer     not null,
    position   smallint    not null,
    der        bytea       not null,
    primary key (issuer, generation, position),
    foreign key (issuer, generation) references issuer_generation (issuer, generation)
);

-- Rises with every change of an issuer, so that every process sees cheaply that there was one.
create table issuer_version (
    id      smallint not null primary key,
    version bigint   not null
);

insert into issuer_version (id, version)
values (1, 1);

-- Which devices fetched the chain of a generation after it was published. Only while a rollover goes on.
create table chain_fetch (
    issuer     varchar(32) not null,
    generation integer     not null,
    device     varchar(64) not null,
    primary key (issuer, generation, device)
);

-- What an issuer that was taken over issued before, as far as nothing but the serial is known of it. A revoked one is in revocation.
create table adopted_serial (
    serial     bytea                       not null,
    issuer     varchar(32)                 not null,
    generation integer                     not null,
    not_after  timestamp(6) with time zone not null,
    primary key (serial, issuer, generation)
);
