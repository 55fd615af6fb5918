-- Key-encryption keys of a batch and station follow one another, counted from 1.
-- recipient_key: the SubjectPublicKeyInfo that the present one went to, and the next one will go to.
alter table batch_kek add column number integer default 1 not null;
alter table batch_kek add column recipient_key bytea;

-- Which key-encryption key a unit's wrapped key is under, as in line-1/2; null for the first one of the unit's station.
alter table factory_unit add column package_kek varchar(48);

-- Those that were replaced. handover: as it was handed over, until the key is destroyed; destruction: what is said of that, in
-- canonical JSON.
create table batch_kek_former (
    batch        varchar(24)                 not null references batch (name),
    station      varchar(32)                 not null,
    number       integer                     not null,
    handover     bytea,
    check_value  varchar(6)                  not null,
    inside_token boolean                     not null,
    made_at      timestamp(6) with time zone not null,
    replaced_at  timestamp(6) with time zone not null,
    destroyed_at timestamp(6) with time zone,
    destruction  bytea,
    primary key (batch, station, number)
);
