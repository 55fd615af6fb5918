alter table batch_kek_former drop constraint batch_kek_former_batch_fkey;
alter table batch_kek_former alter column batch type varchar(24) collate "C";
alter table batch_kek_former alter column station type varchar(32) collate "C";
alter table batch_kek_former add constraint batch_kek_former_batch_fkey foreign key (batch) references batch (name);
