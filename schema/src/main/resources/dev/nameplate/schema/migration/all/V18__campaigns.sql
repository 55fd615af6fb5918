-- Pulls that somebody watches to their end: what the cohort is to have then. The cohort, the window and who made it are the pull's.
create table campaign (
    pull          varchar(16) not null primary key references renewal_pull (id),
    name          varchar(64) not null,
    to_algorithm  varchar(16),
    to_issuer     varchar(32),
    to_generation integer
);
