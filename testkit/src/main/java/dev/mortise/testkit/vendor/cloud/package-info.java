/// Services that companies work in: Kingdee 云星空 and DingTalk.
@NullMarked
package dev.mortise.testkit.vendor.cloud;

import org.jspecify.annotations.NullMarked;
