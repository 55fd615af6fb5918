alter table service_key alter column purpose type varchar(64) collate "C";
