alter table crl alter column issuer type varchar(32) collate "C";
alter table crl_point alter column issuer type varchar(32) collate "C";
alter table crl_piece alter column issuer type varchar(32) collate "C";

-- Signatures and random serials do not compress.
alter table crl_piece alter column octets set storage external;
