/// What companies are run with: Kingdee and DingTalk.
@NullMarked
package dev.mortise.testkit.vendor.office;

import org.jspecify.annotations.NullMarked;
