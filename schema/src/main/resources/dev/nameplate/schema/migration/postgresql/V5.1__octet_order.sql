alter table revocation_plan_listed alter column device type varchar(64) collate "C";
alter table revocation_plan_item alter column issuer type varchar(32) collate "C";
alter table revocation_plan_item alter column device type varchar(64) collate "C";
