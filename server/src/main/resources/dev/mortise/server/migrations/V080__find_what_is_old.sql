-- What is forgotten by its age: rejected rows, times of schedules, hours of the home page.
create index reject_at on reject (at);
create index fire_at on fire (at);
create index home_hour_at on home_hour (hour);
