-- Keys that the CA made for devices, sealed for them: nobody here can open a message. Forgotten when their time is over.
-- request: who asked, for what, as a fingerprint.
create table kept_key (
    request    bytea                       not null primary key,
    public_key bytea                       not null,
    message    bytea                       not null,
    kept_until timestamp(6) with time zone not null
);

create index kept_key_until on kept_key (kept_until);
