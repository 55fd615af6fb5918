-- As the settings write it; null for what was issued before this was kept, whose certificate says it.
alter table certificate add column key_algorithm varchar(16);

-- What is to be revoked together, from the wish to its end.
-- state: DRAFT, SELECTING, PLANNED, FAILED, AWAITING (a second operator), REJECTED, RUNNING, STOPPED, DONE.
-- selection: JSON, values by name. world, digest: of what was found, and of the file that tells of it.
-- done: how many of its certificates were gone through, from the first on; changed: how many of them stand elsewhere now.
create table revocation_plan (
    id           varchar(16)                 not null primary key,
    state        varchar(16)                 not null,
    selection    varchar                     not null,
    treatment    varchar(8)                  not null,
    reason       smallint                    not null,
    final_at     timestamp(6) with time zone,
    planned_by   varchar(128)                not null,
    planned_at   timestamp(6) with time zone not null,
    world        bytea,
    digest       bytea,
    certificates integer                     not null,
    devices      integer                     not null,
    crl_bytes    bigint                      not null,
    issuers      varchar                     not null,
    applied_by   varchar(128),
    applied_at   timestamp(6) with time zone,
    decided_by   varchar(128),
    decided_at   timestamp(6) with time zone,
    done         integer                     not null,
    changed      integer                     not null,
    ended_at     timestamp(6) with time zone,
    problem      varchar(1000)
);

-- The devices or the serials that a plan was given by name.
create table revocation_plan_listed (
    plan   varchar(16) not null references revocation_plan (id),
    device varchar(64),
    serial bytea
);

create index revocation_plan_listed_plan on revocation_plan_listed (plan);

-- Exactly what a plan is about, in the order in which it is gone through.
create table revocation_plan_item (
    plan       varchar(16) not null references revocation_plan (id),
    position   integer     not null,
    issuer     varchar(32) not null,
    generation integer     not null,
    serial     bytea       not null,
    device     varchar(64) not null,
    primary key (plan, position)
);
