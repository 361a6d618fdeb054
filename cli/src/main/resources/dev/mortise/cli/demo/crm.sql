create table customer (
  code varchar(20) primary key comment '客户编码', name varchar(100) not null comment '客户名称',
  tax_no varchar(20) not null comment '税号', mobile char(11) comment '手机',
  region varchar(20) comment '地区', grade char(1) not null comment '等级',
  source varchar(10) not null comment '来源', updated_at timestamp(6) not null)
  comment '客户' default charset utf8mb4;

create table sales_order (
  order_no varchar(20) primary key comment '订单编号', customer_code varchar(20) not null,
  amount decimal(18,2) not null comment '金额', currency char(3) not null, status varchar(10) not null,
  order_date date comment '下单日期', updated_at timestamp(6) not null)
  comment '订单' default charset utf8mb4;
