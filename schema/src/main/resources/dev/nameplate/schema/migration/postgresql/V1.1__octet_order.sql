-- What is listed page by page is in octet order, whatever the locale of the database.
alter table enrolment_code drop constraint enrolment_code_device_fkey;
alter table device alter column id type varchar(64) collate "C";
alter table enrolment_code alter column id type varchar(16) collate "C";
alter table enrolment_code alter column device type varchar(64) collate "C";
alter table enrolment_code add constraint enrolment_code_device_fkey foreign key (device) references device (id);
alter table certificate alter column holder_name type varchar(64) collate "C";
alter table operator alter column name type varchar(32) collate "C";
alter table issuer_generation alter column issuer type varchar(32) collate "C";
alter table issuer_chain alter column issuer type varchar(32) collate "C";

-- Each certificate is updated once, when it is first used: with room on its page no index has to be touched again.
alter table certificate set (fillfactor = 85);
