-- Whose certificate it was, as the records of the CA before tell it.
alter table adopted_serial add column subject varchar(1000) default '' not null;
