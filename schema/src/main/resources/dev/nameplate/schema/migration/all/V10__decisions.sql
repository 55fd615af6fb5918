-- Requests that met every rule and wait for somebody's word.
-- request: who asked for what, under which label, and for the how-manieth time, as a fingerprint.
-- state: WAITING, APPROVED, REJECTED, GRANTED (its certificate is on record), EXPIRED. facts: JSON, what an operator is shown.
create table pending_request (
    id         varchar(16)                 not null primary key,
    request    bytea                       not null,
    state      varchar(16)                 not null,
    device     varchar(64)                 not null,
    label      varchar(64)                 not null,
    profile    varchar(32)                 not null,
    credential varchar(100)                not null,
    purpose    varchar(16)                 not null,
    key_hash   bytea                       not null,
    facts      varchar                     not null,
    asked_at   timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    decided_by varchar(128),
    decided_at timestamp(6) with time zone,
    reason     varchar(200),
    serial     bytea
);

create index pending_request_request on pending_request (request);
create index pending_request_credential on pending_request (credential);
create index pending_request_state on pending_request (state, asked_at);

-- Key attestation that came with requests, as it came: the newest of each request. request: as in certificate.
create table evidence (
    request     bytea                       not null primary key,
    device      varchar(64)                 not null,
    key_hash    bytea                       not null,
    received_at timestamp(6) with time zone not null,
    content     bytea                       not null
);

create index evidence_device on evidence (device, received_at);

-- H(A1) of RFC 7616, 3.4.2, for labels that take HTTP Digest. Whoever has it can answer a challenge as if they had the code, so it
-- is kept only where a label takes Digest, and only of codes that are not cancelled.
alter table enrolment_code add column digest_secret bytea;
