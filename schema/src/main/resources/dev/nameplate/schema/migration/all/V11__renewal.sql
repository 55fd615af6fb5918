-- Cohorts of certificates whose renewal operators pulled forward.
create table renewal_pull (
    id           varchar(16)                 not null primary key,
    selector     varchar                     not null,
    starts_at    timestamp(6) with time zone not null,
    ends_at      timestamp(6) with time zone not null,
    reason       varchar(200)                not null,
    explanation  varchar(2000),
    made_by      varchar(128)                not null,
    made_at      timestamp(6) with time zone not null,
    cancelled_by varchar(128),
    cancelled_at timestamp(6) with time zone
);

create index renewal_pull_made_at on renewal_pull (made_at);
