-- The keys in the token with which the CA signs for itself (audit trail, OCSP, messages), besides its issuers': every one there was
-- of a purpose, counted from 1. state: ACTIVE, RETIRED, DESTROYED; since: when it came into that.
create table service_key (
    purpose varchar(64)                 not null,
    number  integer                     not null,
    key_uri varchar(1024)               not null,
    state   varchar(16)                 not null,
    made_at timestamp(6) with time zone not null,
    since   timestamp(6) with time zone not null,
    primary key (purpose, number)
);
