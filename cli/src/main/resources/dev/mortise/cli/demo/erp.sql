create schema sales;

create table sales.customer (
  cust_no varchar(20) primary key, cust_name varchar(100) not null, tax_no varchar(20) not null,
  mobile varchar(20), region varchar(20), level smallint, created_at timestamp not null,
  updated_at timestamptz not null);
comment on table sales.customer is '客户';
comment on column sales.customer.cust_no is '客户编号';
comment on column sales.customer.cust_name is '客户名称';
comment on column sales.customer.tax_no is '纳税人识别号';
comment on column sales.customer.mobile is '手机号';
comment on column sales.customer.region is '地区';
comment on column sales.customer.level is '客户等级';

-- Every 400th customer stands there twice, under another number: the same tax number.
insert into sales.customer
select 'C' || lpad(i::text, 6, '0'),
       (array['华东','江南','远大','天成','中科','鸿运','金石','海纳'])[1 + i % 8]
         || (array['机械','电子','食品','医药','物流','纺织','化工','建材','贸易'])[1 + i % 9]
         || (array['有限公司','股份有限公司','集团','工厂'])[1 + i % 4] || (i / 288),
       '91310000' || lpad((case when i % 400 = 0 then i - 1 else i end)::text, 10, '0'),
       case when i % 997 = 0 then '电话不详' else '1' || (3 + i % 7) || lpad((i * 7919 % 1000000000)::text, 9, '0') end,
       (array['上海','江苏','浙江','广东','北京','四川'])[1 + i % 6],
       1 + i % 3,
       timestamp '2023-01-01' + (i || ' minutes')::interval,
       timestamptz '2024-01-01 00:00+08' + (i || ' minutes')::interval
from generate_series(1, 20000) i;

-- Amounts and dates came from spreadsheets once: they are text, and some are no number or day.
create table sales.sales_order (
  so_no varchar(20) primary key, cust_no varchar(20) not null references sales.customer,
  amt varchar(30), currency char(3) not null, status varchar(10) not null,
  order_date varchar(20), updated_at timestamptz not null);
comment on table sales.sales_order is '销售订单';
comment on column sales.sales_order.so_no is '订单号';
comment on column sales.sales_order.amt is '价税合计';
comment on column sales.sales_order.order_date is '订单日期';
insert into sales.sales_order
select 'SO' || lpad(i::text, 8, '0'), 'C' || lpad((1 + i * 37 % 20000)::text, 6, '0'),
       case when i % 9001 = 0 then '待定' when i % 7001 = 0 then '-12.50'
            when i % 8009 = 0 then '1,2OO.00' else ((i * 31 % 1000000) / 100.0)::numeric(18,2)::text end,
       (array['CNY','CNY','CNY','USD','EUR'])[1 + i % 5],
       (array['新建','已付款','已发货','已完成','已退货'])[1 + i % 5],
       case when i % 11003 = 0 then '2024-02-30' else (date '2024-01-01' + i % 600)::text end,
       timestamptz '2024-06-01 00:00+08' + (i || ' seconds')::interval
from generate_series(1, 60000) i;
create index on sales.sales_order (updated_at);

create table sales.sales_order_item (
  so_no varchar(20) not null references sales.sales_order, line_no smallint not null,
  sku varchar(20) not null, sku_name varchar(60) not null, qty numeric(12,3) not null,
  price numeric(18,4) not null, tax_rate numeric(5,4) not null, primary key (so_no, line_no));
comment on table sales.sales_order_item is '销售订单明细';
insert into sales.sales_order_item
select 'SO' || lpad((1 + i / 2)::text, 8, '0'), 1 + i % 2, 'SKU' || lpad((i * 13 % 5000)::text, 5, '0'),
       (array['轴承','电机','阀门','传感器','电缆'])[1 + i % 5] || ' ' || (i % 97),
       (1 + i % 50)::numeric(12,3), ((i * 17 % 100000) / 100.0)::numeric(18,4),
       (array[0.13, 0.09, 0.06])[1 + i % 3]
from generate_series(0, 99999) i;

create table sales.invoice (
  invoice_no char(20) primary key, so_no varchar(20) not null references sales.sales_order,
  issued_on date not null, amount numeric(18,2) not null, tax numeric(18,2) not null,
  red_of char(20), remark text);
comment on table sales.invoice is '数电票';
insert into sales.invoice
select '2431' || lpad(i::text, 16, '0'), 'SO' || lpad(i::text, 8, '0'), date '2024-02-01' + i % 500,
       ((i * 29 % 1000000) / 100.0)::numeric(18,2), ((i * 29 % 130000) / 100.0)::numeric(18,2),
       case when i % 500 = 0 then '2431' || lpad((i - 1)::text, 16, '0') end,
       case when i % 7 = 0 then '备注：' || md5(i::text) end
from generate_series(1, 30000) i;

create table sales.payment (
  pay_no bigint primary key, so_no varchar(20) not null references sales.sales_order,
  paid_at timestamptz not null, amount numeric(18,2) not null, method varchar(20) not null, detail jsonb);
comment on table sales.payment is '收款单';
insert into sales.payment
select i, 'SO' || lpad(i::text, 8, '0'), timestamptz '2024-03-01 08:00+08' + (i || ' minutes')::interval,
       ((i * 23 % 1000000) / 100.0)::numeric(18,2),
       (array['银行转账','微信支付','支付宝','承兑汇票'])[1 + i % 4],
       jsonb_build_object('bank', (array['工商银行','建设银行','招商银行'])[1 + i % 3], 'fee', i % 10)
from generate_series(1, 25000) i;

analyze;
