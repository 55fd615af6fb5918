alter table batch_allowed drop constraint batch_allowed_batch_fkey;
alter table batch_station drop constraint batch_station_batch_fkey;
alter table factory_unit drop constraint factory_unit_batch_fkey;
alter table batch_kek drop constraint batch_kek_batch_fkey;
alter table batch_kek alter column batch type varchar(24) collate "C";
alter table batch_kek alter column station type varchar(32) collate "C";
alter table batch alter column name type varchar(24) collate "C";
alter table batch_allowed alter column batch type varchar(24) collate "C";
alter table batch_allowed alter column unit type varchar(64) collate "C";
alter table batch_station alter column batch type varchar(24) collate "C";
alter table batch_station alter column station type varchar(32) collate "C";
alter table station alter column name type varchar(32) collate "C";
alter table factory_unit alter column id type varchar(64) collate "C";
alter table factory_unit alter column batch type varchar(24) collate "C";
alter table batch_allowed add constraint batch_allowed_batch_fkey foreign key (batch) references batch (name);
alter table batch_station add constraint batch_station_batch_fkey foreign key (batch) references batch (name);
alter table factory_unit add constraint factory_unit_batch_fkey foreign key (batch) references batch (name);
alter table batch_kek add constraint batch_kek_batch_fkey foreign key (batch) references batch (name);

-- Every unit is updated at each of its steps.
alter table factory_unit set (fillfactor = 70);
alter table batch set (fillfactor = 50);
alter table factory_tally set (fillfactor = 50);
