update sales.sales_order set status = '已完成', updated_at = now() where so_no between 'SO00000001' and 'SO00000500';

insert into sales.sales_order
select 'SO9' || lpad(i::text, 7, '0'), 'C000001', '88.00', 'CNY', '新建', '2025-11-11', now()
from generate_series(1, 200) i;
