-- Which certificates have a successor that was used: a row per renewal and its key, written at the first use, so that the question
-- is one look at a key, however often a certificate was renewed, and issuing has one index less to write.
create table superseded (
    fingerprint bytea not null,
    key_hash    bytea not null,
    serial      bytea not null,
    primary key (fingerprint, key_hash)
);

insert into superseded (fingerprint, key_hash, serial)
select used.renews, used.key_hash, used.serial
from certificate used
where used.renews is not null
  and used.first_used_at is not null
  and not exists (select 1
                  from certificate other
                  where other.renews = used.renews
                    and other.key_hash = used.key_hash
                    and other.first_used_at is not null
                    and other.serial < used.serial);

drop index certificate_renews;
