-- The newest CRL of every scope: a generation's full one (shard 0) and its shards. Recorded before anyone can fetch it.
-- scheduled: this_update of the newest one that was published on schedule; what had expired by then is listed no more.
-- through_change: every revocation_change up to this one is in it.
create table crl (
    issuer         varchar(32)                 not null,
    generation     integer                     not null,
    shard          integer                     not null,
    number         bigint                      not null,
    this_update    timestamp(6) with time zone not null,
    next_update    timestamp(6) with time zone not null,
    scheduled      timestamp(6) with time zone not null,
    entries        bigint                      not null,
    octets         bigint                      not null,
    sha256         bytea                       not null,
    through_change bigint                      not null,
    primary key (issuer, generation, shard)
);

-- Where certificates of a generation say that their shard is: the name of the shard is left to be filled in. A shard's CRL says the same.
create table crl_point (
    issuer     varchar(32)   not null,
    generation integer       not null,
    url        varchar(1024) not null,
    shards     integer       not null,
    primary key (issuer, generation, url)
);

-- The files themselves in pieces, where several processes each publish them in a directory of their own.
create table crl_piece (
    sha256     bytea       not null,
    position   integer     not null,
    issuer     varchar(32) not null,
    generation integer     not null,
    shard      integer     not null,
    octets     bytea       not null,
    primary key (sha256, position)
);

create index crl_piece_scope on crl_piece (issuer, generation, shard);

-- Who of several processes does what only one may do at a time, and until when, by the clock of the database.
create table lease (
    name   varchar(64)                 not null primary key,
    holder varchar(64)                 not null,
    until  timestamp(6) with time zone not null
);
