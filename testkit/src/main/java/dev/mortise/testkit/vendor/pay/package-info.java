/// Payment: WeChat Pay and Alipay, who sign what they ask and what they answer.
@NullMarked
package dev.mortise.testkit.vendor.pay;

import org.jspecify.annotations.NullMarked;
