alter table revocation alter column issuer type varchar(32) collate "C";
alter table revocation_change alter column issuer type varchar(32) collate "C";
